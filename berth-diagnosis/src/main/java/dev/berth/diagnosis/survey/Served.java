package dev.berth.diagnosis.survey;

import dev.berth.diagnosis.forecast.LastMinute;

/**
 * The connections that came in on servers' ports and that this side closed first: their TIME_WAITs cost no dynamic port, and
 * are in no tuple space.
 */
public final class Served {
    private final Spaces ports = new Spaces(); // addresses of zeros
    private final Tally tally = new Tally();
    private final Closes closes = new Closes();

    /** Counts a TIME_WAIT; {@code remainingMillis} is -1 where no timer is shown. */
    void add(int port, int remainingMillis) {
        int number = ports.number(0, 0, 0, 0, port);
        tally.reach(number);
        tally.add(number, Tally.TIME_WAIT);
        if (remainingMillis >= 0) {
            tally.add(number, Tally.TIMED);
        }
        if (remainingMillis > 0) {
            closes.add(number, remainingMillis);
        }
    }

    /** Counts those of a tuple space that turned out to be connections which came in on that port. */
    void addSpace(int port, Tally tallyOfSpaces, Closes closesOfSpaces, int space) {
        int number = ports.number(0, 0, 0, 0, port);
        tally.addAll(number, tallyOfSpaces, space);
        closes.addAll(number, closesOfSpaces, space);
    }

    void merge(Served other) {
        int[] here = ports.addAll(other.ports);
        for (int number = 0; number < here.length; number++) {
            tally.addAll(here[number], other.tally, number);
            closes.addAll(here[number], other.closes, number);
        }
    }

    /** How many ports there are, numbered from 0. */
    public int size() {
        return ports.size();
    }

    public int port(int number) {
        return ports.port(number);
    }

    public int timeWait(int number) {
        return tally.timeWait(number);
    }

    /** TIME_WAITs that carry a timer. */
    public int timed(int number) {
        return tally.timed(number);
    }

    /** TIME_WAITs that carry a timer, on that port. */
    int timedOn(int port) {
        int number = ports.find(0, 0, 0, 0, port);
        return number < 0 ? 0 : tally.timed(number);
    }

    public LastMinute lastMinute(int number) {
        return closes.lastMinute(number);
    }
}

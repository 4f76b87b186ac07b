package dev.berth.diagnosis.capacity;

import org.jspecify.annotations.Nullable;

/**
 * What connections cost in local ports, by Little's law: so many are in use at a time as are opened in a second, times the
 * seconds each is taken for. Connections are taken to be spread evenly over destinations.
 *
 * @param pool the ports of one source address towards one destination
 * @param timeWaitSeconds how long a closed connection keeps its port from the next one to that destination; 0 or more
 * @param holdSeconds from connect to close; 0 or more
 * @param sources how many times what the busiest local address carries all of them do: 2 where two share evenly, little more
 *     than 1 where one makes nearly all connections; 1 or more
 * @param destinations addresses or ports that are connected to; 1 or more
 * @param retries how many more connections a call makes on average, each of which takes a port as long as the first; 0 or
 *     more
 * @param linux whether the ports are chosen as Linux does
 */
public record Load(
        Pool pool,
        double timeWaitSeconds,
        double holdSeconds,
        double sources,
        long destinations,
        double retries,
        boolean linux) {
    private static final double ROUNDING = 1e-9; // of doubles, so that 0.07 s of 100 a second are 7 ports and not 8

    public Load {
        if (!(timeWaitSeconds >= 0 && holdSeconds >= 0 && retries >= 0 && sources >= 1 && destinations >= 1)) {
            throw new IllegalArgumentException("time-wait %s, hold %s, retries %s, sources %s, destinations %d"
                    .formatted(timeWaitSeconds, holdSeconds, retries, sources, destinations));
        }
    }

    /** How long one connection takes its port. */
    public double secondsEach() {
        return holdSeconds + timeWaitSeconds;
    }

    public double connectionsPerCall() {
        return 1 + retries;
    }

    /** The connections a second that use up every port; infinite where one takes its port for no time. */
    public double sustainableConnectionsPerSecond() {
        return connectionsPerSecond(pool.size());
    }

    /** The calls a second that use up every port; infinite where a connection takes its port for no time. */
    public double sustainableCallsPerSecond() {
        return sustainableConnectionsPerSecond() / connectionsPerCall();
    }

    /** The connections a second that use up the ports tried first; null where the system does not choose so. */
    public @Nullable Double cliffConnectionsPerSecond() {
        return linux ? connectionsPerSecond(pool.triedFirst()) : null;
    }

    private double connectionsPerSecond(int ports) {
        return ports == 0 ? 0 : ports * spaces() / secondsEach();
    }

    /** The ports that so many calls a second take, of the busiest source towards each destination. */
    public long neededPorts(double callsPerSecond) {
        return roundUp(connections(callsPerSecond) * secondsEach() / spaces());
    }

    /** Whether there are as many ports as so many calls a second take. */
    public boolean fits(double callsPerSecond) {
        return pool.size() > 0 && neededPorts(callsPerSecond) <= pool.size();
    }

    /** Whether so many calls a second use up the ports tried first, so that every connect scans them in vain. */
    public boolean pastCliff(double callsPerSecond) {
        return linux && neededPorts(callsPerSecond) > pool.triedFirst();
    }

    /** The connections that are open at a time; null where it is not known how long one lasts. */
    @Nullable
    Long neededConnections(double callsPerSecond) {
        return holdSeconds == 0 ? null : Long.valueOf(roundUp(connections(callsPerSecond) * holdSeconds));
    }

    /** How long a connection may last for so many calls a second to fit, if its port is free once it is closed. */
    double longestHold(double callsPerSecond) {
        return pool.size() * spaces() / connections(callsPerSecond);
    }

    /** The sources that so many calls a second take, spread evenly; {@code pool} has a port. */
    long neededSources(double callsPerSecond) {
        return roundUp(connections(callsPerSecond) * secondsEach() / pool.size() / destinations);
    }

    /** The destinations that so many calls a second take; {@code pool} has a port. */
    long neededDestinations(double callsPerSecond) {
        return roundUp(connections(callsPerSecond) * secondsEach() / pool.size() / sources);
    }

    private double connections(double callsPerSecond) {
        return callsPerSecond * connectionsPerCall();
    }

    private double spaces() {
        return sources * destinations;
    }

    private static long roundUp(double number) {
        long nearest = Math.round(number);
        return Math.abs(number - nearest) <= nearest * ROUNDING ? nearest : (long) Math.ceil(number);
    }

    Load withPool(Pool other) {
        return new Load(other, timeWaitSeconds, holdSeconds, sources, destinations, retries, linux);
    }

    Load withHold(double seconds) {
        return new Load(pool, timeWaitSeconds, seconds, sources, destinations, retries, linux);
    }

    Load withTimeWait(double seconds) {
        return new Load(pool, seconds, holdSeconds, sources, destinations, retries, linux);
    }

    Load withSources(long number) {
        return new Load(pool, timeWaitSeconds, holdSeconds, number, destinations, retries, linux);
    }

    Load withDestinations(long number) {
        return new Load(pool, timeWaitSeconds, holdSeconds, sources, number, retries, linux);
    }
}

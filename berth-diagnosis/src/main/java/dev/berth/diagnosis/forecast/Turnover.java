package dev.berth.diagnosis.forecast;

import org.jspecify.annotations.Nullable;

/**
 * What the open connections of a tuple space do to the next calls: as many as are open close within the minute that was seen, so
 * that each lasts as long as Little's law says; or more are open than closed in it, and then they are taken to stay.
 *
 * @param kept connections that are taken to stay open, so that calls have only the other ports
 * @param holdSeconds how long a connection lasts; null where none closed or those that are open stay
 */
public record Turnover(int kept, @Nullable Double holdSeconds) {
    /** As it follows from one look. */
    public static Turnover of(int living, double closesPerSecond) {
        if (living > closesPerSecond * LastMinute.SECONDS) {
            return new Turnover(living, null);
        }
        return new Turnover(0, closesPerSecond == 0 ? null : Double.valueOf(living / closesPerSecond));
    }

    /** As it follows where it is known how long a call lasts: what is open beyond those calls stays. */
    public static Turnover of(int living, double closesPerSecond, double holdSeconds) {
        return new Turnover((int) Math.ceil(Math.max(0, living - closesPerSecond * holdSeconds)), holdSeconds);
    }

    /** The connections per second that use up so many ports, each kept for so long after its close. */
    double sustainable(int ports, double timeWaitSeconds) {
        return Math.max(0, ports - kept) / ((holdSeconds == null ? 0 : holdSeconds) + timeWaitSeconds);
    }
}

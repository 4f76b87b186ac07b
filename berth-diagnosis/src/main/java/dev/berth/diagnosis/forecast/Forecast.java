package dev.berth.diagnosis.forecast;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a tuple space if its load stays as it is.
 *
 * @param steadyState how many ports will be in use once as many become free as are taken: living connections, and rate times
 *     the time a TIME_WAIT keeps its port (Little's law)
 * @param sustainablePerSecond how many connections per second the ports allow for good, with the open ones as {@link Turnover}
 *     takes them; null where too few were closed to tell
 * @param exhaustion when no port is left; null where that does not come even at the highest rate that fits the count. Where
 *     too little happened to build on, it has neither {@code expected} nor {@code high}
 * @param secondsToCliff when the ports are used up that Linux tries first; null where that does not come at this rate, or too
 *     little happened to build on
 * @param settled whether enough happened to build on
 * @param slowsDown whether from the cliff on one thread cannot keep the rate up, so that the exhaustion may come much later
 */
public record Forecast(
        double steadyState,
        @Nullable Double sustainablePerSecond,
        @Nullable Span exhaustion,
        @Nullable Double secondsToCliff,
        boolean settled,
        boolean slowsDown) {
    /**
     * How many used ports the connects of one thread pass over: 2 to 3 ms for the 14,116 of a half of Linux's own range, as
     * measured on 6.18. So past the cliff one thread makes some 400 connections per second there.
     */
    private static final double SCANNED_PER_SECOND = 5_600_000;

    /**
     * @param capacity how many ports there are
     * @param preferredCapacity how many of them are tried first
     * @param preferredInUse how many of those are in use
     */
    public static Forecast of(Load load, int capacity, int preferredCapacity, int preferredInUse) {
        double rate = load.closes().perSecond();
        double steady = load.living() + rate * load.hold();
        Double sustainable = load.closes().isSettled() && rate > 0
                ? Turnover.of(load.living(), rate).sustainable(capacity, load.hold())
                : null;
        Double cliff = cliff(load, preferredCapacity, preferredInUse);
        Span exhaustion = exhaustion(load, capacity);
        double opens = rate + Math.max(0, load.growth().perSecond());
        boolean slowsDown = exhaustion != null
                && exhaustion.expected() != null
                && cliff != null
                && cliff > 0
                && cliff < exhaustion.expected()
                && opens > SCANNED_PER_SECOND / preferredCapacity;
        return new Forecast(
                steady,
                sustainable,
                slowsDown && exhaustion != null ? exhaustion.notBefore() : exhaustion,
                cliff,
                load.isSettled(),
                slowsDown);
    }

    private static @Nullable Span exhaustion(Load load, int capacity) {
        if (staysBelow(load.growth().high(), load.closes().high(), load, load.inUse(), capacity)) {
            return null;
        }
        Double earliest = comes(load.fastest().secondsUntil(capacity));
        if (earliest == null) {
            return null;
        }
        return load.isSettled()
                ? new Span(
                        earliest,
                        comes(load.expected().secondsUntil(capacity)),
                        comes(load.slowest().secondsUntil(capacity)))
                : new Span(earliest, null, null);
    }

    private static @Nullable Double comes(double seconds) {
        return Double.isNaN(seconds) ? null : seconds;
    }

    private static @Nullable Double cliff(Load load, int capacity, int inUse) {
        double growth = load.growth().perSecond();
        if (!load.isSettled()
                || load.inUse() == 0
                || staysBelow(growth, load.closes().perSecond(), load, inUse, capacity)) {
            return null;
        }
        return comes(load.share((double) inUse / load.inUse()).secondsUntil(capacity));
    }

    /** Settles most spaces without a simulation: even if nothing became free it would not be full. */
    private static boolean staysBelow(double growth, double closes, Load load, int inUse, int capacity) {
        return growth <= 0 && inUse + closes * load.hold() < capacity;
    }
}

package dev.berth.diagnosis.forecast;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a tuple space if its load stays as it is.
 *
 * @param steadyState how many ports will be in use once as many become free as are taken: living connections, and rate times
 *     the time a TIME_WAIT keeps its port (Little's law)
 * @param sustainablePerSecond how many connections per second the ports allow for good, each held as long as now; null where
 *     too few were closed to tell how long that is
 * @param exhaustion when no port is left; null where that does not come at this rate, or too little
 *     happened to build on
 * @param secondsToCliff when the ports are used up that Linux tries first; null likewise
 * @param slowsDown whether from then on one thread cannot keep the rate up, so that the exhaustion may come much later
 */
public record Forecast(
        double steadyState,
        @Nullable Double sustainablePerSecond,
        @Nullable Span exhaustion,
        @Nullable Double secondsToCliff,
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
        Double sustainable =
                load.closes().isSettled() && rate > 0 ? capacity / (load.living() / rate + load.hold()) : null;
        Double cliff = cliff(load, preferredCapacity, preferredInUse);
        Span exhaustion = exhaustion(load, capacity);
        double opens = rate + Math.max(0, load.growth().perSecond());
        if (exhaustion == null
                || cliff == null
                || cliff == 0
                || cliff >= exhaustion.expected()
                || opens <= SCANNED_PER_SECOND / preferredCapacity) {
            return new Forecast(steady, sustainable, exhaustion, cliff, false);
        }
        return new Forecast(steady, sustainable, exhaustion.notBefore(), cliff, true);
    }

    private static @Nullable Span exhaustion(Load load, int capacity) {
        if (!load.isSettled() || staysBelow(load, load.inUse(), capacity)) {
            return null;
        }
        double expected = load.expected().secondsUntil(capacity);
        if (Double.isNaN(expected)) {
            return null;
        }
        double latest = load.slowest().secondsUntil(capacity);
        return new Span(load.fastest().secondsUntil(capacity), expected, Double.isNaN(latest) ? null : latest);
    }

    private static @Nullable Double cliff(Load load, int capacity, int inUse) {
        if (!load.isSettled() || load.inUse() == 0 || staysBelow(load, inUse, capacity)) {
            return null;
        }
        double seconds = load.share((double) inUse / load.inUse()).secondsUntil(capacity);
        return Double.isNaN(seconds) ? null : seconds;
    }

    /** Settles most spaces without a simulation: even if nothing became free it would not be full. */
    private static boolean staysBelow(Load load, int inUse, int capacity) {
        return load.growth().perSecond() <= 0 && inUse + load.closes().perSecond() * load.hold() < capacity;
    }
}

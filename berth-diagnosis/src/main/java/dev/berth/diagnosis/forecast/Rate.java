package dev.berth.diagnosis.forecast;

import org.jspecify.annotations.Nullable;

/**
 * Events per second, as far as a count of them tells.
 *
 * @param low two standard deviations below, never below 0
 * @param high two standard deviations above
 * @param events how many were counted
 * @param seconds over how long
 * @param trend null where nothing earlier can be compared
 * @param lowerBound whether some events may have left no trace, so that the rate may be higher
 */
public record Rate(
        double perSecond,
        double low,
        double high,
        int events,
        double seconds,
        @Nullable Trend trend,
        boolean lowerBound) {
    private static final int FEWEST_EVENTS = 10; // two standard deviations of fewer are more than 60 %
    /** They tell a rate to a fifth. */
    static final int MANY_EVENTS = 100;

    private static final double SHORTEST_SECONDS = 2; // one second may be a burst, or the one in which a load began

    /** The rate of so many events, counted as they come: evenly spread ones are known better than this says. */
    public static Rate counted(int events, double seconds) {
        return counted(events, seconds, 1, null, false);
    }

    /**
     * @param dispersion how much more the counts vary than those of independent events, 1 or more
     */
    static Rate counted(int events, double seconds, double dispersion, @Nullable Trend trend, boolean lowerBound) {
        double root = Math.sqrt(events);
        double spread = Math.sqrt(dispersion); // the square root of a Poisson count has a standard deviation of 1/2
        double below = Math.max(0, root - spread);
        return new Rate(
                events / seconds,
                below * below / seconds,
                (root + spread) * (root + spread) / seconds,
                events,
                seconds,
                trend,
                lowerBound);
    }

    /** The same, of a load that changed while it was counted, and may be that much higher now, or lower. */
    Rate widened(double drift) {
        return new Rate(
                perSecond,
                Math.max(0, low + Math.min(0, drift)),
                high + Math.max(0, drift),
                events,
                seconds,
                trend,
                lowerBound);
    }

    /** The same, where some events may have left no trace. */
    public Rate asLowerBound() {
        return new Rate(perSecond, low, high, events, seconds, trend, true);
    }

    /** Whether their number is enough to build on, whatever the time. */
    public boolean hasEnoughEvents() {
        return events >= FEWEST_EVENTS;
    }

    /** Whether there were enough events, for long enough, to build on. Where older ones have left no trace, many in one second do. */
    public boolean isSettled() {
        return hasEnoughEvents() && (seconds >= SHORTEST_SECONDS || lowerBound && events >= MANY_EVENTS);
    }
}

package dev.berth.diagnosis.forecast;

import org.jspecify.annotations.Nullable;

/**
 * How fast connections are closed now: the rate of the longest run of newest seconds that differ by no more than chance, so
 * that a load which began ten seconds ago shows its true rate and not a sixth of it.
 */
final class CurrentRate {
    private static final int NEWEST = 5; // seconds looked at first: fewer would follow every gust
    private static final int SHORTEST_LEVEL = 2;
    private static final double SIGMAS = 3;
    private static final double JITTER = 0.05; // how unevenly a machine paces a load that is meant to be even
    private static final double NOTABLE = 0.1; // a smaller change of the rate is no trend

    private final LastMinute closes;
    private final int trusted;
    private boolean bursts;

    CurrentRate(LastMinute closes, int trustedSeconds) {
        this.closes = closes;
        this.trusted = trustedSeconds;
    }

    Rate rate() {
        int window = window();
        boolean lowerBound = window > trusted;
        return Rate.counted(
                closes.sum(0, window),
                window,
                dispersion(window),
                trusted < LastMinute.SECONDS || bursts ? null : trend(window),
                lowerBound);
    }

    private int window() {
        int began = LastMinute.SECONDS - 1;
        while (began > 0 && closes.at(began) == 0) {
            began--;
        }
        if (began == 0) {
            return closes.at(0) == 0 ? LastMinute.SECONDS : 1;
        }
        int whole = began == LastMinute.SECONDS - 1
                ? LastMinute.SECONDS
                : began; // the second in which a load began is not whole
        if (trusted < LastMinute.SECONDS) {
            return extended(Math.clamp(trusted, 1, Math.min(NEWEST, whole)), whole);
        }
        int newest = Math.min(NEWEST, whole);
        if (isEven(newest)) {
            return extended(newest, whole);
        }
        int level = newLevel(newest, whole);
        bursts = level == 0; // only a longer average means anything
        return bursts ? whole : level;
    }

    private int extended(int window, int whole) {
        int sum = closes.sum(0, window);
        int longer = window;
        while (longer < whole && fits(closes.at(longer), (double) sum / longer, longer)) {
            sum += closes.at(longer++);
        }
        return longer;
    }

    /** How many newest seconds, fewer than {@code fewerThan}, have one level that no older second had; 0 for none. */
    private int newLevel(int fewerThan, int whole) {
        for (int level = fewerThan - 1; level >= SHORTEST_LEVEL; level--) {
            if (isEven(level) && !seenBefore(level, whole)) {
                return level;
            }
        }
        return 0;
    }

    private boolean seenBefore(int level, int whole) {
        double mean = (double) closes.sum(0, level) / level;
        for (int age = level + 1; age < whole; age++) { // the second in between is part old and part new
            if (fits(closes.at(age), mean, level)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEven(int window) {
        double mean = (double) closes.sum(0, window) / window;
        for (int age = 0; age < window; age++) {
            if (!fits(closes.at(age), mean, window)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a second with so many closes may be of the same rate as {@code seconds} that had {@code mean} each. */
    private static boolean fits(int count, double mean, int seconds) {
        double jitter = JITTER * mean;
        return Math.abs(count - mean) <= SIGMAS * Math.sqrt(mean * (1 + 1.0 / seconds) + jitter * jitter) + 1;
    }

    private double dispersion(int window) {
        int sum = closes.sum(0, window);
        if (window < 2 || sum == 0) {
            return 1;
        }
        double mean = (double) sum / window;
        double squares = 0;
        for (int age = 0; age < window; age++) {
            squares += (closes.at(age) - mean) * (closes.at(age) - mean);
        }
        return Math.max(1, squares / mean / (window - 1));
    }

    private @Nullable Trend trend(int window) {
        if (window > LastMinute.SECONDS / 2) {
            return compared(0, window / 2, window - window / 2, window);
        }
        int before = window + 1; // the second in between is part old and part new
        return compared(0, window, before, Math.min(LastMinute.SECONDS, before + window));
    }

    private Trend compared(int recentFrom, int recentTo, int earlierFrom, int earlierTo) {
        double recent = (double) closes.sum(recentFrom, recentTo) / (recentTo - recentFrom);
        double earlier = (double) closes.sum(earlierFrom, earlierTo) / (earlierTo - earlierFrom);
        double noise = SIGMAS * Math.sqrt(recent / (recentTo - recentFrom) + earlier / (earlierTo - earlierFrom));
        double change = recent - earlier;
        if (Math.abs(change) <= Math.max(noise, NOTABLE * Math.max(recent, earlier))) {
            return Trend.STEADY;
        }
        return change > 0 ? Trend.RISING : Trend.FALLING;
    }
}

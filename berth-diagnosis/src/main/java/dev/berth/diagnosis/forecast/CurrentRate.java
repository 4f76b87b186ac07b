package dev.berth.diagnosis.forecast;

import org.jspecify.annotations.Nullable;

/**
 * How fast connections are closed now: the rate of the longest run of newest seconds in which no change shows, so that a load
 * which began ten seconds ago shows its true rate and not a sixth of it.
 */
final class CurrentRate {
    private static final int NEWEST = 5; // seconds looked at first: fewer would follow every gust
    private static final int SHORTEST_LEVEL = 2;
    private static final double SIGMAS = 3;
    private static final double JITTER = 0.05; // how unevenly a machine paces a load that is meant to be even
    private static final double GUSTS = 0.05; // of the minute: fewer seconds may come near another rate by chance
    private static final double DRIFT_DOUBT = 1.5; // so few seconds show a slope no better
    private static final double NOTABLE = 0.1; // a smaller change of the rate is no trend

    private final LastMinute closes;
    private final int trusted;
    private final int whole; // seconds since the load began, without the one in which it did
    private boolean bursts;

    CurrentRate(LastMinute closes, int trustedSeconds) {
        this.closes = closes;
        this.trusted = trustedSeconds;
        int began = LastMinute.SECONDS - 1;
        while (began > 0 && closes.at(began) == 0) {
            began--;
        }
        boolean always = began == LastMinute.SECONDS - 1 || began == 0 && closes.at(0) == 0;
        this.whole = always ? LastMinute.SECONDS : Math.max(1, began);
    }

    Rate rate() {
        boolean takenOver = trusted < LastMinute.SECONDS;
        int window = takenOver ? newestKnown() : window();
        Rate rate = Rate.counted(
                closes.sum(0, window),
                window,
                closes.dispersion(window),
                takenOver || bursts ? null : trend(window),
                takenOver);
        return takenOver || bursts ? rate : rate.widened(drift(window));
    }

    private int window() {
        int newest = Math.min(NEWEST, whole);
        if (isEven(newest)) {
            return sinceChange(extended(newest, Integer.MAX_VALUE));
        }
        int level = newLevel(newest);
        bursts = level == 0; // only a longer average means anything
        return bursts ? whole : level;
    }

    /** Older seconds have lost entries: they are asked only where the newest had too few closes. */
    private int newestKnown() {
        return extended(Math.clamp(trusted, 1, whole), Rate.MANY_EVENTS);
    }

    private int extended(int window, int enough) {
        int sum = closes.sum(0, window);
        int longer = window;
        while (longer < whole && sum < enough && fits(closes.at(longer), (double) sum / longer, longer)) {
            sum += closes.at(longer++);
        }
        return longer;
    }

    /** Second by second a small change hides in chance: here all of the newer ones are held against all of the older ones. */
    private int sinceChange(int window) {
        int since = window;
        for (int change = changeWithin(since); change < since; change = changeWithin(since)) {
            since = change;
        }
        return since;
    }

    private int changeWithin(int window) {
        double mean = closes.mean(0, window);
        double jitter = JITTER * mean;
        int change = window;
        double largest = SIGMAS;
        for (int at = SHORTEST_LEVEL; at <= window - SHORTEST_LEVEL; at++) {
            double chance = Math.sqrt((mean + jitter * jitter) * (1.0 / at + 1.0 / (window - at)));
            double difference = Math.abs(closes.mean(0, at) - closes.mean(at, window)) / chance;
            if (difference > largest) {
                largest = difference;
                change = at;
            }
        }
        return change;
    }

    /** How many newest seconds, fewer than {@code fewerThan}, have one level that hardly any older second had; 0 for none. */
    private int newLevel(int fewerThan) {
        for (int level = fewerThan - 1; level >= SHORTEST_LEVEL; level--) {
            if (isEven(level) && !seenBefore(level)) {
                return level;
            }
        }
        return 0;
    }

    private boolean seenBefore(int level) {
        double mean = closes.mean(0, level);
        int alike = 0;
        for (int age = level + 1; age < whole; age++) { // the second in between is part old and part new
            alike += fits(closes.at(age), mean, level) ? 1 : 0;
        }
        return alike > whole * GUSTS;
    }

    private boolean isEven(int window) {
        double mean = closes.mean(0, window);
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

    /** By how much the straight line that fits these seconds best may be above their average now, at its end. */
    private double drift(int window) {
        double middle = (window - 1) / 2.0;
        double rising = 0;
        double squares = 0;
        for (int age = 0; age < window; age++) {
            rising += (middle - age) * closes.at(age);
            squares += (middle - age) * (middle - age);
        }
        return squares == 0 ? 0 : DRIFT_DOUBT * rising / squares * window / 2;
    }

    /** Against the seconds before, and only such in which the load was there; else its newer half against its older one. */
    private @Nullable Trend trend(int window) {
        int before = window + 1; // the second in between is part old and part new
        int until = Math.min(whole, before + window);
        if (until - before >= SHORTEST_LEVEL) {
            return compared(0, window, before, until);
        }
        return window < 2 * SHORTEST_LEVEL ? null : compared(0, window / 2, window - window / 2, window);
    }

    private Trend compared(int recentFrom, int recentTo, int earlierFrom, int earlierTo) {
        double recent = closes.mean(recentFrom, recentTo);
        double earlier = closes.mean(earlierFrom, earlierTo);
        double noise = SIGMAS * Math.sqrt(recent / (recentTo - recentFrom) + earlier / (earlierTo - earlierFrom));
        double change = recent - earlier;
        if (Math.abs(change) <= Math.max(noise, NOTABLE * Math.max(recent, earlier))) {
            return Trend.STEADY;
        }
        return change > 0 ? Trend.RISING : Trend.FALLING;
    }
}

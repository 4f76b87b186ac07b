package dev.berth.diagnosis.forecast;

import dev.berth.net.rule.TimeWaitReuse;

/**
 * The closes of the last minute, counted by how many whole seconds ago they were: what one look at the timers of TIME_WAIT
 * tells, since each starts at 60 s ({@code TCP_TIMEWAIT_LEN} in the kernel's include/net/tcp.h).
 */
public final class LastMinute {
    /** How far back TIME_WAIT goes: its length on Linux. */
    public static final int SECONDS = TimeWaitReuse.LENGTH_MILLIS / 1000;

    /** For how long a TIME_WAIT may keep its port: the kernel's timer wheel comes round up to 2 s late (HZ=250). */
    public static final int LONGEST_SECONDS = SECONDS + 2;

    private static final int A_WHILE = 10;
    private static final int MOST = 4; // of six such whiles

    private final char[] byAge; // the caller's: a copy for each of thousands of spaces would be a waste

    /**
     * @param byAge the first is of the last second; {@link #SECONDS} of them, not to be changed any more
     */
    public LastMinute(char[] byAge) {
        this.byAge = byAge;
    }

    /** How many were closed that many whole seconds ago. */
    int at(int age) {
        return byAge[age];
    }

    int sum(int from, int to) {
        int sum = 0;
        for (int age = from; age < to; age++) {
            sum += byAge[age];
        }
        return sum;
    }

    /**
     * Whether there were closes in most of the minute, and lately, so that its average says what goes on: a burst that is over
     * has one too, which nothing ever had.
     */
    public boolean isSpread() {
        int tens = 0;
        for (int from = 0; from < SECONDS; from += A_WHILE) {
            tens += sum(from, from + A_WHILE) > 0 ? 1 : 0;
        }
        return sum(0, A_WHILE) > 0 && tens >= MOST;
    }

    /** How many were closed in each of these seconds, on average. */
    double mean(int from, int to) {
        return (double) sum(from, to) / (to - from);
    }

    /** How much more the newest seconds vary than counts of independent events do: 1 or more. */
    double dispersion(int seconds) {
        double mean = mean(0, seconds);
        if (seconds < 2 || mean == 0) {
            return 1;
        }
        double squares = 0;
        for (int age = 0; age < seconds; age++) {
            squares += (at(age) - mean) * (at(age) - mean);
        }
        return Math.max(1, squares / mean / (seconds - 1));
    }

    /**
     * The rate now, which is not the average of the minute.
     *
     * @param trustedSeconds up to what age every close still shows: {@link #SECONDS}, or less where a TIME_WAIT of that age
     *     may have been taken over by a new connection
     */
    public Rate rate(int trustedSeconds) {
        return new CurrentRate(this, trustedSeconds).rate();
    }
}

package dev.berth.diagnosis.survey;

import java.util.Arrays;

/** Counts for each tuple space, those of one beside each other. */
public final class Tally {
    static final int IN_USE = 0;
    static final int TIME_WAIT = 1;
    static final int PREFERRED = 2;
    static final int TIMED = 3;
    static final int AGED = 4;
    static final int AGED_PREFERRED = 5;
    static final int OPENED = 6;

    private static final int STRIDE = 7;

    private int[] counts = new int[64 * STRIDE];

    /** Has room for this space when it returns. */
    void reach(int space) {
        int length = (space + 1) * STRIDE;
        if (length > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(length, counts.length * 2));
        }
    }

    void add(int space, int column) {
        counts[space * STRIDE + column]++;
    }

    void addAll(int space, Tally other, int there) {
        reach(space);
        for (int column = 0; column < STRIDE; column++) {
            counts[space * STRIDE + column] += other.counts[there * STRIDE + column];
        }
    }

    private int get(int space, int column) {
        return counts[space * STRIDE + column];
    }

    /** Four-tuples in any state. */
    public int inUse(int space) {
        return get(space, IN_USE);
    }

    public int timeWait(int space) {
        return get(space, TIME_WAIT);
    }

    /** Four-tuples whose local port has the parity that connects try first. */
    public int preferred(int space) {
        return get(space, PREFERRED);
    }

    /** TIME_WAIT entries that carry a timer: connections this side closed in the last minute. */
    public int timed(int space) {
        return get(space, TIMED);
    }

    /** TIME_WAIT entries old enough to be taken over, where the settings allow that at all. */
    public int aged(int space) {
        return get(space, AGED);
    }

    /** Those of the {@link #aged} whose local port has the parity that connects try first. */
    public int agedPreferred(int space) {
        return get(space, AGED_PREFERRED);
    }

    /** Connections that were not there at the first of two looks; 0 where there was one look only. */
    public int opened(int space) {
        return get(space, OPENED);
    }
}

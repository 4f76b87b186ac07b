package dev.berth.diagnosis.survey;

import java.util.Arrays;

/** Counts for each tuple space, in columns. */
public final class Tally {
    private int[] inUse = new int[64];
    private int[] timeWait = new int[64];
    private int[] preferred = new int[64];
    private int[] closes = new int[64];

    void add(int space, int moreInUse, int moreTimeWait, int morePreferred, int moreCloses) {
        if (space >= inUse.length) {
            int length = Math.max(space + 1, inUse.length * 2);
            inUse = Arrays.copyOf(inUse, length);
            timeWait = Arrays.copyOf(timeWait, length);
            preferred = Arrays.copyOf(preferred, length);
            closes = Arrays.copyOf(closes, length);
        }
        inUse[space] += moreInUse;
        timeWait[space] += moreTimeWait;
        preferred[space] += morePreferred;
        closes[space] += moreCloses;
    }

    /** Four-tuples in any state. */
    public int inUse(int space) {
        return inUse[space];
    }

    public int timeWait(int space) {
        return timeWait[space];
    }

    /** Four-tuples whose local port has the parity that connects try first. */
    public int preferred(int space) {
        return preferred[space];
    }

    /** TIME_WAIT entries that carry a timer: connections this side closed in the last minute. */
    public int closes(int space) {
        return closes[space];
    }
}

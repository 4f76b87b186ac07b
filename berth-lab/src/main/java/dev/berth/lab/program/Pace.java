package dev.berth.lab.program;

import java.util.concurrent.locks.LockSupport;

/** So many a second, evenly, for several threads. What was missed is not made up for: a burst would be another load. */
final class Pace {
    private final long intervalNanos;
    private long next = System.nanoTime();

    Pace(int perSecond) {
        intervalNanos = 1_000_000_000L / perSecond;
    }

    /** Waits for the next turn. */
    void await() {
        long turn = turn();
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private synchronized long turn() {
        next = Math.max(next + intervalNanos, System.nanoTime());
        return next;
    }
}

package dev.berth.client;

import java.time.Duration;

/** Waits for what has to come, and fails when it does not. A time limit of JUnit only interrupts, and loops do not look. */
final class Patience {
    private static final Duration ENDS = Duration.ofMinutes(1);

    private Patience() {}

    /** What is awaited. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Condition condition) throws Exception {
        long giveUp = System.nanoTime() + ENDS.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - giveUp >= 0) {
                throw new AssertionError("waited in vain for " + ENDS);
            }
            Thread.onSpinWait();
        }
    }
}

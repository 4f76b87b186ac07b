package dev.berth.diagnosis;

/** Waiting times as people say them. */
final class Seconds {
    private Seconds() {}

    /** Whole seconds, never fewer than {@code millis} are. */
    static int roundedUp(int millis) {
        return Math.ceilDiv(millis, 1000);
    }
}

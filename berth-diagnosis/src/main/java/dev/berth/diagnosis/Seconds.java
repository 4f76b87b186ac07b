package dev.berth.diagnosis;

/** Waiting times as people say them. */
public final class Seconds {
    private Seconds() {}

    /** Whole seconds, never fewer than {@code millis} are. */
    public static int roundedUp(int millis) {
        return Math.ceilDiv(millis, 1000);
    }
}

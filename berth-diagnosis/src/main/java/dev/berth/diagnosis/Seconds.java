package dev.berth.diagnosis;

import dev.berth.net.rule.TimeWaitReuse;

/** Waiting times as people say them. */
public final class Seconds {
    /** How long Linux keeps a closed connection in TIME_WAIT. */
    public static final int OF_TIME_WAIT = roundedUp(TimeWaitReuse.LENGTH_MILLIS);

    private Seconds() {}

    /** Whole seconds, never fewer than {@code millis} are. */
    public static int roundedUp(int millis) {
        return Math.ceilDiv(millis, 1000);
    }
}

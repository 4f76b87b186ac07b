package dev.berth.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How often a log that is followed may cause a look at the host, or whoever writes to it would decide how busy the host is. */
final class LookRation {
    /** In a minute. */
    static final int MOST = 20;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Instant began = Instant.EPOCH;
    private int taken;

    LookRation(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether there is one left; it then counts as taken. */
    boolean take() {
        Instant now = clock.instant();
        if (now.isBefore(began) || now.isAfter(began.plus(MINUTE))) {
            began = now;
            taken = 0;
        }
        if (taken == MOST) {
            return false;
        }
        taken++;
        return true;
    }
}

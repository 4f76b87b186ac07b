package dev.berth.cli.screen;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as people read them, in UTC as in the documents. */
final class Moments {
    private Moments() {}

    /** {@code 2026-11-21 16:37:05Z}. */
    static String toSecond(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    }
}

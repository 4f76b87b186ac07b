package dev.berth.windows.system;

import java.time.Instant;

/** FILETIME, minwinbase.h: units of 100 ns since the start of 1601, UTC. */
public final class FileTime {
    private static final long UNITS_PER_SECOND = 10_000_000;
    private static final long NANOS_PER_UNIT = 100;
    private static final long SECONDS_FROM_1601 = 11_644_473_600L; // to 1970

    private FileTime() {}

    public static long of(Instant instant) {
        return (instant.getEpochSecond() + SECONDS_FROM_1601) * UNITS_PER_SECOND + instant.getNano() / NANOS_PER_UNIT;
    }

    public static Instant instant(long fileTime) {
        return Instant.ofEpochSecond(
                fileTime / UNITS_PER_SECOND - SECONDS_FROM_1601, fileTime % UNITS_PER_SECOND * NANOS_PER_UNIT);
    }
}

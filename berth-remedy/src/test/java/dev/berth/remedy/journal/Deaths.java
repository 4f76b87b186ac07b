package dev.berth.remedy.journal;

import dev.berth.remedy.log.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Kills whoever writes a journal, or changes settings, at a chosen point: {@code new Deaths(7)} at the seventh. Its journal
 * writes lines without waiting for the disk, so that thousands can be killed.
 */
public final class Deaths {
    /** The host as it is found by those who come later. */
    public static final Instant NOW = Instant.parse("2026-11-21T03:12:00Z");

    public static final Actor ANN = new Actor("root", "ann", 4711, "0.1.0");

    /** Never. */
    public static final int NEVER = Integer.MAX_VALUE;

    private final int at;
    private int passed;

    /** Ends what it is thrown in as a signal would: nobody catches it. */
    public static final class Killed extends Error {
        Killed(int point) {
            super("killed at point " + point, null, false, false);
        }
    }

    public Deaths(int at) {
        this.at = at;
    }

    /** How many points have been passed. */
    public int passed() {
        return passed;
    }

    /** A point at which one may die. */
    public void point() {
        if (++passed == at) {
            throw new Killed(passed);
        }
    }

    /** The journal in a folder, whose writer may die before a line, in the middle of it, and after it. */
    public Journal journal(Path folder) throws JournalException {
        return Journal.open(folder, ANN, InstantSource.fixed(NOW), Duration.ZERO, (file, line) -> {
            point();
            add(file.file(), Arrays.copyOf(line, line.length / 2));
            point();
            add(file.file(), Arrays.copyOfRange(line, line.length / 2, line.length));
            point();
        });
    }

    /** A journal on a disk that takes {@code lines} more lines and then is full, for {@code refused} tries. */
    public static Journal onFullDisk(Path folder, int lines, int refused) throws JournalException {
        int[] tries = {0};
        return Journal.open(folder, ANN, InstantSource.fixed(NOW), Duration.ZERO, (file, line) -> {
            int one = tries[0]++;
            if (one >= lines && one - lines < refused) {
                add(file.file(), Arrays.copyOf(line, line.length / 2));
                throw new IOException("No space left on device");
            }
            add(file.file(), line);
        });
    }

    private static void add(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }
}

package dev.berth.remedy.journal;

import dev.berth.remedy.log.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code changes.jsonl}: before and after each step of a change a line, each on the disk before anything else happens. Whoever
 * has it open is the only one who changes this host.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "UnusedMethod"})
public final class Journal implements AutoCloseable {
    private Journal() {}

    /** The journal in {@code folder}. */
    public static Path file(Path folder) {
        return folder.resolve("changes.jsonl");
    }

    /**
     * Opens the journal in {@code folder} for the one who changes; makes both where they are missing, for their owner only.
     *
     * @param patience how long to wait for another Berth that has it open
     */
    public static Journal open(Path folder, Actor actor, InstantSource clock, Duration patience)
            throws JournalException {
        throw new UnsupportedOperationException("in work");
    }

    /** Reads the journal in {@code folder} as it is, and waits for nobody; empty where there is none. Oldest first. */
    public static List<Change> read(Path folder) throws JournalException {
        throw new UnsupportedOperationException("in work");
    }

    /** Every change so far, oldest first. */
    public List<Change> changes() {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Lets a change last.
     *
     * @return whether it was waiting for that
     */
    public boolean confirm(int id) throws JournalException {
        throw new UnsupportedOperationException("in work");
    }

    @Override
    public void close() throws IOException {}
}

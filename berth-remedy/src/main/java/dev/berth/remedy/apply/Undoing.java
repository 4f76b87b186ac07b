package dev.berth.remedy.apply;

import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import java.io.IOException;

/** Takes changes back. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "UnusedMethod"})
public final class Undoing {
    private final Journal journal;
    private final Tunings tunings;

    public Undoing(Journal journal, Tunings tunings) {
        this.journal = journal;
        this.tunings = tunings;
    }

    /** Takes back the steps of a change, the last one first, each as it is found by then. */
    public Undone undo(Change change) throws IOException {
        throw new UnsupportedOperationException("in work");
    }
}

package dev.berth.remedy.apply;

import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.UndoReason;
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

    /** Takes back the steps of a change because somebody asked for it, the last one first, each as it is found by then. */
    public Undone undo(Change change) throws IOException {
        return undo(change, UndoReason.ASKED);
    }

    /** The same for another reason. Steps that were left the last time are tried again. */
    public Undone undo(Change change, UndoReason reason) throws IOException {
        throw new UnsupportedOperationException("in work");
    }
}

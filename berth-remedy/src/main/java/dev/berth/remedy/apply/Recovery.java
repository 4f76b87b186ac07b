package dev.berth.remedy.apply;

import dev.berth.remedy.journal.Journal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** Puts in order what a crash, or a confirmation that never came, has left behind. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "UnusedMethod"})
public final class Recovery {
    private final Journal journal;
    private final Tunings tunings;
    private final InstantSource clock;

    public Recovery(Journal journal, Tunings tunings, InstantSource clock) {
        this.journal = journal;
        this.tunings = tunings;
        this.clock = clock;
    }

    /** Looks at every change that is not ended, and ends it. */
    public List<Recovered> run() throws IOException {
        throw new UnsupportedOperationException("in work");
    }
}

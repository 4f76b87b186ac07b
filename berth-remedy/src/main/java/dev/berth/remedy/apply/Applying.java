package dev.berth.remedy.apply;

import dev.berth.platform.HostTuning;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.plan.Plan;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Carries out a plan. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "UnusedMethod"})
public final class Applying {
    private final Journal journal;
    private final HostTuning tuning;

    public Applying(Journal journal, HostTuning tuning) {
        this.journal = journal;
        this.tuning = tuning;
    }

    /** What has to be in place before the first step, once the change has its number. */
    public interface Before {
        void firstStepOf(int change) throws IOException;
    }

    /**
     * Makes every change of the plan, or none.
     *
     * @param command what was typed, for the journal
     * @param confirmBy when it is undone unless it is confirmed; null where it lasts anyway
     * @throws IOException when the journal could not be written: what was done is undone as far as possible, and told
     */
    public Applied apply(Plan plan, String command, @Nullable Instant confirmBy, Before before) throws IOException {
        throw new UnsupportedOperationException("in work");
    }
}

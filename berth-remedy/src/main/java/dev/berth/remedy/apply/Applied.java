package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.remedy.plan.Step;

/** How a plan went. */
public sealed interface Applied {
    /** Every step was done and read back. */
    record Done(int id) implements Applied {}

    /** The host is no longer as the plan found it; nothing was done. */
    record Stale(Step step, Reading now) implements Applied {}

    /**
     * A step failed; those before it have been undone.
     *
     * @param outcome why: the write failed, or what was read back was not what was written
     * @param undoing how the undoing went
     */
    record Failed(int id, Step step, ActOutcome outcome, Undone undoing) implements Applied {}
}

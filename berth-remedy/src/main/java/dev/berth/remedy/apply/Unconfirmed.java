package dev.berth.remedy.apply;

import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.Made;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.Step;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of a change that waits to be confirmed once another is made. */
public final class Unconfirmed {
    private Unconfirmed() {}

    /** The settings that it would have set back in time, and that a plan keeps it from, as it sets them as well. */
    public static List<String> kept(Change change, Plan plan) {
        return change.state() != State.UNCONFIRMED
                ? List.of()
                : change.steps().stream()
                        .map(Made::step)
                        .filter(its -> plan.steps().stream().anyMatch(step -> Claims.overlap(change, its, plan, step)))
                        .map(Step::setting)
                        .distinct()
                        .collect(Collectors.toList());
    }
}

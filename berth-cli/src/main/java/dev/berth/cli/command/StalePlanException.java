package dev.berth.cli.command;

import dev.berth.remedy.apply.Applied;
import dev.berth.remedy.apply.NotChanged;
import dev.berth.remedy.plan.Plan;
import java.util.Objects;

/** A plan that was made before does not hold any more. */
final class StalePlanException extends NotDoneException {
    private final transient Plan plan;
    private final transient Applied.Stale stale;

    StalePlanException(Plan plan, Applied.Stale stale, String next) {
        this(plan, stale, Objects.requireNonNull(NotChanged.of(stale)), next);
    }

    private StalePlanException(Plan plan, Applied.Stale stale, NotChanged told, String next) {
        super(ExitCode.PROBLEM, told.what(), told.why(), next);
        this.plan = plan;
        this.stale = stale;
    }

    Plan plan() {
        return plan;
    }

    Applied.Stale stale() {
        return stale;
    }
}

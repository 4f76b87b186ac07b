package dev.berth.cli.command;

import dev.berth.remedy.apply.NotChanged;
import dev.berth.remedy.plan.Plan;

/** A plan that was made before does not hold any more. */
final class StalePlanException extends NotDoneException {
    private final transient Plan plan;
    private final transient NotChanged told;

    StalePlanException(Plan plan, NotChanged told) {
        super(ExitCode.PROBLEM, told.what(), told.why(), told.next());
        this.plan = plan;
        this.told = told;
    }

    Plan plan() {
        return plan;
    }

    NotChanged told() {
        return told;
    }
}

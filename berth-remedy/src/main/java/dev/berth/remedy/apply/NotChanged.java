package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Step;
import org.jspecify.annotations.Nullable;

/** Says why a plan was not carried out: what, why, and what to do next. */
public record NotChanged(String what, String why, String next) {
    /** Null where it was carried out. */
    public static @Nullable NotChanged of(Applied applied) {
        return switch (applied) {
            case Applied.Done _ -> null;
            case Applied.Stale(Step step, Reading now) ->
                new NotChanged(
                        "nothing was changed: the host is no longer as the plan found it",
                        step.name() + " was " + SettingValue.shown(step.from()) + " and is " + Readings.words(now)
                                + " now",
                        "plan again: type the command once more");
            case Applied.Failed(int id, Step step, ActOutcome outcome, Undone undoing) ->
                new NotChanged(
                        undoing.complete()
                                ? "nothing is changed: change " + id + " failed and was undone"
                                : "change " + id + " failed, and a part of it could not be undone",
                        step.name() + " could not be set: " + reason(outcome),
                        undoing.complete() ? next(step, outcome) : "berth changes " + id + " shows what is left");
        };
    }

    private static String reason(ActOutcome outcome) {
        return switch (outcome) {
            case ActOutcome.Done() -> "it was written, and another value was read back";
            case ActOutcome.Gone(String what) -> what;
            case ActOutcome.NotPermitted(String needs) -> "it needs " + needs;
            case ActOutcome.NotOnThisSystem(String why) -> why;
            case ActOutcome.Failed(String why) -> why;
        };
    }

    private static String next(Step step, ActOutcome outcome) {
        if (!(outcome instanceof ActOutcome.NotPermitted)) {
            return "berth ranges shows what is in force";
        }
        return WindowsSetting.isOne(step.setting())
                ? "run it in a prompt that was opened with Run as administrator"
                : "run it as root (sudo)";
    }
}

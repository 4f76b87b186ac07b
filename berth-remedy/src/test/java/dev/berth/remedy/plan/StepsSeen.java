package dev.berth.remedy.plan;

import dev.berth.platform.WindowsSetting;
import java.util.List;

/** The steps of a plan as a test has them: those that set the exclusions of both families alike are one. */
public final class StepsSeen {
    private StepsSeen() {}

    /** Such as {@code tcp.excludedportrange: 80 -> 80,1433}, or {@code tcp.ipv6.excludedportrange} where only that is set. */
    public static List<String> of(Plan plan) {
        return plan.steps().stream()
                .map(step -> "%s: %s -> %s".formatted(name(step, plan), step.from(), step.to()))
                .distinct()
                .toList();
    }

    private static String name(Step step, Plan plan) {
        boolean both = WindowsSetting.isExcludedPorts(step.setting())
                && plan.steps().stream()
                        .anyMatch(other -> other.setting().equals(WindowsSetting.ofOtherFamily(step.setting()))
                                && SettingValue.same(step.setting(), other.from(), step.from())
                                && SettingValue.same(step.setting(), other.to(), step.to()));
        return both ? step.setting().replaceFirst("\\.ipv[46]", "") : step.setting();
    }
}

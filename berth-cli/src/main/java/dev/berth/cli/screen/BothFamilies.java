package dev.berth.cli.screen;

import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Step;
import java.util.List;

/** Steps of Windows that set the exclusions of IPv4 and of IPv6 alike, which are one line where people read it. */
record BothFamilies(List<Step> all) {
    /** The steps without those that the line of another one stands for. */
    List<Step> lines() {
        return all.stream()
                .filter(step -> !isOne(step) || WindowsSetting.family(step.setting()) == Family.IPV4)
                .toList();
    }

    /** The name of what the line of a step sets. */
    String name(Step step) {
        return isOne(step) ? step.setting().replace(".ipv4.", ".ipv4+ipv6.") : step.setting();
    }

    private boolean isOne(Step step) {
        return WindowsSetting.isExcludedPorts(step.setting())
                && all.stream()
                        .anyMatch(other -> other.setting().equals(WindowsSetting.ofOtherFamily(step.setting()))
                                && SettingValue.same(step.setting(), other.from(), step.from())
                                && SettingValue.same(step.setting(), other.to(), step.to()));
    }
}

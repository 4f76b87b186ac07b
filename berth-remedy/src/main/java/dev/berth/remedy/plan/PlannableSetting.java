package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.platform.ReservedList;
import org.jspecify.annotations.Nullable;

/** The settings that a plan from a file may change: those that Berth itself plans, with values that they can have. */
final class PlannableSetting {
    private static final String MOST_TIME_WAITS = "net.ipv4.tcp_max_tw_buckets";

    private PlannableSetting() {}

    static boolean isOne(String setting) {
        return SettingValue.isList(setting) || setting.equals(Aim.Draw.SETTING) || SettingRules.knows(setting);
    }

    /** Whether the setting can have that value. */
    static boolean hasValue(String setting, String text) {
        try {
            if (SettingValue.isList(setting)) {
                return ReservedList.parse(text) != null;
            }
            return setting.equals(Aim.Draw.SETTING) ? range(text) != null : text.matches("-?[0-9]{1,10}");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What Berth would not plan either; both are values that the setting can have. */
    static void check(String setting, @Nullable String from, @Nullable String to) throws PlanRefusedException {
        if (to == null || SettingValue.isList(setting) || setting.equals(Aim.Draw.SETTING)) {
            return;
        }
        SettingRules.check(setting, to);
        if (setting.equals(MOST_TIME_WAITS) && from != null && Long.parseLong(to) < Long.parseLong(from)) {
            throw new PlanRefusedException(
                    PlanRefusedException.Kind.BAD_REQUEST,
                    setting + " is not lowered",
                    "above the limit a closed connection skips TIME_WAIT",
                    "leave it");
        }
    }

    private static @Nullable PortRange range(String text) {
        return text.matches("[0-9]{1,5} [0-9]{1,5}") ? PortRange.parse(text.replace(' ', '-')) : null;
    }
}

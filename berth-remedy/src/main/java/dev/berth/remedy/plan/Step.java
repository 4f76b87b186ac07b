package dev.berth.remedy.plan;

import dev.berth.diagnosis.Fix;
import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.WindowsSetting;
import org.jspecify.annotations.Nullable;

/**
 * One setting, in one place, goes from one value to another. It may be done while the value is {@code from}, is proved by
 * reading {@code to} back.
 *
 * @param setting as the system's own tools spell it
 * @param from null where it has no value there
 * @param to null where it is to have none there
 * @param why one line without a full stop: what it is good for
 * @param asked of a list of ports those that were asked for, to be in it or out of it, even where they were so before. What a
 *     list has beside them is carried along: taking the step back leaves it alone. Empty for every other setting.
 */
public record Step(
        String setting,
        Place place,
        @Nullable String from,
        @Nullable String to,
        Fix.Risk risk,
        String why,
        PortSet asked) {
    /** What it sets, and where, in a sentence. */
    public String name() {
        return name(setting, place);
    }

    static String name(String setting, Place place) {
        return place == Place.RUNNING || WindowsSetting.isOne(setting) ? setting : setting + " in Berth's file";
    }

    /** A step that was asked for nothing but what it changes. */
    public Step(String setting, Place place, @Nullable String from, @Nullable String to, Fix.Risk risk, String why) {
        this(setting, place, from, to, risk, why, SettingValue.changed(setting, from, to));
    }
}

package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Step;
import org.jspecify.annotations.Nullable;

/** What readings say, held against values. */
public final class Readings {
    private Readings() {}

    /** Whether it is that value; null for none. What cannot be read is no value. */
    public static boolean at(Reading reading, String setting, @Nullable String value) {
        return switch (reading) {
            case Reading.Value(String text) -> SettingValue.same(setting, text, value);
            case Reading.Unset() -> value == null;
            case Reading.Unknown(var _) -> false;
        };
    }

    /** Whether what the step sets is so. */
    public static boolean holds(Step step, HostTuning tuning) {
        return at(tuning.read(step.setting(), step.place()), step.setting(), step.to());
    }

    /** A write that ends in an outcome whatever happens: what was done before must be undone even where Berth is mistaken. */
    static ActOutcome written(HostTuning tuning, Step step, @Nullable String text) {
        try {
            return tuning.write(step.setting(), step.place(), text);
        } catch (RuntimeException e) {
            return new ActOutcome.Failed("berth made a mistake: " + e);
        }
    }

    /** Completes "it is". */
    static String words(Reading reading) {
        return switch (reading) {
            case Reading.Value(String text) -> words(text);
            case Reading.Unset() -> words((String) null);
            case Reading.Unknown(String why) -> "unreadable (" + why + ")";
        };
    }

    /** Completes "it is". */
    static String words(@Nullable String value) {
        return SettingValue.shown(value);
    }
}

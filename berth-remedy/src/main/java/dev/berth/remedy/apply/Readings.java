package dev.berth.remedy.apply;

import dev.berth.platform.HostTuning.Reading;
import dev.berth.remedy.plan.SettingValue;
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

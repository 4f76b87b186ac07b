package dev.berth.remedy.plan;

import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortSet;
import dev.berth.platform.ReservedList;
import dev.berth.platform.WindowsSetting;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the values of a setting are compared. Null is no value. */
public final class SettingValue {
    private static final int LONGEST = 60;

    private SettingValue() {}

    /** Whether the value is a list of ports, to which many may have added. */
    public static boolean isList(String setting) {
        return setting.equals(Reservation.SETTING) || WindowsSetting.isExcludedPorts(setting);
    }

    /** Whether both say the same, however they are written. */
    public static boolean same(String setting, @Nullable String one, @Nullable String other) {
        if (one == null || other == null || !isList(setting)) {
            return Objects.equals(one, other);
        }
        ReservedList first = readable(one);
        return first == null ? one.equals(other) : first.equals(readable(other));
    }

    /** The ports that are in one of the lists only; none where it is no list, or none that can be read. */
    public static PortSet changed(String setting, @Nullable String from, @Nullable String to) {
        ReservedList before = isList(setting) ? readable(from) : null;
        ReservedList after = isList(setting) ? readable(to) : null;
        return before == null || after == null
                ? PortSet.EMPTY
                : before.minus(after).ports().plus(after.minus(before).ports());
    }

    /** A value in a sentence, completing "it is". */
    public static String shown(@Nullable String value) {
        if (value == null) {
            return "not set";
        }
        return value.isEmpty() ? "empty" : value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }

    /** The list that a value is, which is empty where there is no value; null where the kernel would not take it for one. */
    public static @Nullable ReservedList readable(@Nullable String text) {
        return text == null ? ReservedList.EMPTY : ReservedList.parse(text);
    }
}

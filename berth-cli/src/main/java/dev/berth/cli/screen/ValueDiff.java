package dev.berth.cli.screen;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ReservedList;
import dev.berth.remedy.plan.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of a value, in a few words: of a list what comes and goes, not all that is in it. */
public final class ValueDiff {
    private static final int MOST_RANGES = 6;

    private ValueDiff() {}

    /** {@code + 1433  (8080-8090 stay)}, or {@code 0 -> 1}. */
    public static String of(String setting, @Nullable String from, @Nullable String to) {
        ReservedList before = SettingValue.isList(setting) ? SettingValue.readable(from) : null;
        ReservedList after = SettingValue.isList(setting) ? SettingValue.readable(to) : null;
        return before == null || after == null ? value(from) + " -> " + value(to) : list(before, after);
    }

    /** A value by itself. */
    public static String value(String setting, @Nullable String text) {
        ReservedList list = text != null && SettingValue.isList(setting) ? ReservedList.parse(text) : null;
        if (list == null) {
            return value(text);
        }
        return list.equals(ReservedList.EMPTY) ? "empty" : ports(list);
    }

    private static String list(ReservedList from, ReservedList to) {
        ReservedList added = to.minus(from);
        ReservedList removed = from.minus(to);
        ReservedList kept = from.minus(removed);
        var parts = new ArrayList<String>();
        if (!added.equals(ReservedList.EMPTY)) {
            parts.add("+ " + ports(added));
        }
        if (!removed.equals(ReservedList.EMPTY)) {
            parts.add("- " + ports(removed));
        }
        if (parts.isEmpty()) {
            parts.add("the same ports");
        }
        if (!kept.equals(ReservedList.EMPTY)) {
            boolean one = kept.ports().size() + (kept.zero() ? 1 : 0) == 1;
            parts.add("(" + ports(kept) + (one ? " stays)" : " stay)"));
        }
        return String.join("  ", parts);
    }

    /** A long list is counted rather than shown. */
    private static String ports(ReservedList list) {
        PortSet ports = list.ports();
        List<PortRange> ranges = ports.ranges();
        String shown =
                ranges.stream().limit(MOST_RANGES).map(PortRange::toString).collect(Collectors.joining(","));
        String zero = !list.zero() ? "" : ranges.isEmpty() ? "0" : "0,";
        return ranges.size() <= MOST_RANGES
                ? zero + shown
                : zero + shown + ",… " + Figures.count(ports.size(), "port", "ports");
    }

    private static String value(@Nullable String text) {
        return text == null ? "not set" : text.isEmpty() ? "empty" : Escaped.text(text);
    }
}

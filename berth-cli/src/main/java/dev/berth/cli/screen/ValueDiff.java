package dev.berth.cli.screen;

import dev.berth.remedy.plan.ReservedList;
import dev.berth.remedy.plan.SettingValue;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What becomes of a value, in a few words: of a list what comes and goes, not all that is in it. */
public final class ValueDiff {
    private static final Pattern LIST = Pattern.compile("[0-9][0-9-]*,[0-9,-]*[0-9]"); // groups would recurse

    private ValueDiff() {}

    /** {@code + 1433  (8080-8090 stay)}, or {@code 0 -> 1}. */
    public static String of(String setting, @Nullable String from, @Nullable String to) {
        return SettingValue.isList(setting) ? list(read(from), read(to)) : value(from) + " -> " + value(to);
    }

    /** A value by itself. */
    public static String value(String setting, @Nullable String text) {
        if (text == null || !SettingValue.isList(setting)) {
            return value(text);
        }
        ReservedList list = read(text);
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

    /** A sentence of others, in which long lists of ports are counted rather than shown. */
    static String inProse(String foreign) {
        return LIST.matcher(Escaped.text(foreign)).replaceAll(list -> shortened(list.group()));
    }

    private static String shortened(String list) {
        ReservedList ports = SettingValue.readable(list);
        return ports == null ? list : ports(ports);
    }

    /** A long list is counted rather than shown. */
    private static String ports(ReservedList list) {
        String ports = list.ports().inShort();
        return !list.zero() ? ports : ports.isEmpty() ? "0" : "0," + ports;
    }

    private static ReservedList read(@Nullable String text) {
        return text == null ? ReservedList.EMPTY : ReservedList.parse(text);
    }

    private static String value(@Nullable String text) {
        return text == null ? "not set" : text.isEmpty() ? "empty" : Escaped.text(text);
    }
}

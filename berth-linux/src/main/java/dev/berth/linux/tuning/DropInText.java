package dev.berth.linux.tuning;

import dev.berth.linux.settings.SysctlLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of Berth's own sysctl.d file, sysctl.d(5). What a person wrote into it stays where it is. */
record DropInText(List<String> lines) {
    /** What the file starts with as long as it assigns anything. */
    private static final List<String> HEADER = List.of(
            "# Berth wrote this file: settings for the next start that keep TCP ports available.",
            "# 'berth changes' lists what was changed, 'berth rollback' takes it back. Lines of others stay.");

    DropInText {
        lines = List.copyOf(lines);
    }

    static DropInText parse(String text) {
        var lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast(); // each line ends with a newline
        }
        return new DropInText(lines);
    }

    /** What the last line about it assigns; null where none does. */
    @Nullable
    String valueOf(String setting) {
        int at = lastOf(setting, lines);
        SysctlLine line = at < 0 ? null : assignment(lines.get(at));
        return line == null ? null : line.value();
    }

    /** With one line that assigns it, among the others by name. */
    DropInText with(String setting, String value) {
        var edited = new ArrayList<>(lines);
        int at = lastOf(setting, edited);
        if (at < 0) {
            edited.add(placeFor(setting), line(setting, value));
        } else {
            edited.set(at, line(setting, value));
            edited.subList(0, at).removeIf(text -> assigns(text, setting)); // a value must have one line
        }
        if (!edited.containsAll(HEADER)) {
            edited.removeAll(HEADER);
            edited.addAll(0, HEADER);
        }
        return new DropInText(edited);
    }

    private static String line(String setting, String value) {
        return (setting + " = " + value).strip();
    }

    DropInText without(String setting) {
        var edited = new ArrayList<>(lines);
        edited.removeIf(text -> assigns(text, setting));
        if (edited.stream().allMatch(text -> assignment(text) == null)) {
            edited.removeAll(HEADER);
        }
        return new DropInText(edited);
    }

    boolean isBlank() {
        return lines.stream().allMatch(String::isBlank);
    }

    /** Before the first assignment to what sorts after it. */
    private int placeFor(String setting) {
        for (int i = 0; i < lines.size(); i++) {
            SysctlLine line = assignment(lines.get(i));
            if (line != null && line.path().compareTo(NetSetting.key(setting)) > 0) {
                return i;
            }
        }
        return lines.size();
    }

    private static int lastOf(String setting, List<String> among) {
        for (int i = among.size() - 1; i >= 0; i--) {
            if (assigns(among.get(i), setting)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean assigns(String text, String setting) {
        SysctlLine line = assignment(text);
        return line != null && line.path().equals(NetSetting.key(setting));
    }

    /** A line that assigns to one name; null for patterns, exceptions, comments. */
    private static @Nullable SysctlLine assignment(String text) {
        SysctlLine line = SysctlLine.parse(text);
        return line == null || line.value() == null || line.isPattern() ? null : line;
    }

    @Override
    public String toString() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}

package dev.berth.windows.settings;

import dev.berth.net.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic range that {@code netsh … show dynamicport} prints: of the two lines that end in a colon and a number, the first
 * is the first port, the second how many there are. Everything else is translated.
 */
public final class DynamicTable {
    private static final Pattern NUMBER =
            Pattern.compile(".*:\\s*([0-9]{1,5})\\s*", Pattern.DOTALL); // U+0085 is a byte of a label

    private DynamicTable() {}

    /**
     * @param output each byte a character of ISO-8859-1
     * @return null where it is no such table
     */
    public static @Nullable PortRange parse(String output) {
        List<Integer> numbers = new ArrayList<>();
        for (String line : output.lines().toList()) {
            Matcher matcher = NUMBER.matcher(line);
            if (matcher.matches()) {
                numbers.add(Integer.valueOf(matcher.group(1)));
            }
        }
        if (numbers.size() != 2) {
            return null;
        }
        int first = numbers.getFirst();
        int last = first + numbers.getLast() - 1;
        return first >= 1 && first <= last && last <= PortRange.ALL.last() ? new PortRange(first, last) : null;
    }
}

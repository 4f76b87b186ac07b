package dev.berth.windows.settings;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ExcludedRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The exclusions that {@code netsh … show excludedportrange} prints: a row is two numbers, both inclusive, and a star where a
 * person made it. Titles, heads and the footer are translated, and vary even inside one language; digits, stars and the rule
 * of dashes are not, whatever the code page. See docs/windows-netsh-samples.md.
 */
public record ExcludedTable(List<ExcludedRange> rows) {
    private static final Pattern ROW = Pattern.compile("\\s*([0-9]{1,5})\\s+([0-9]{1,5})\\s*(\\*)?\\s*");
    private static final Pattern RULE = Pattern.compile("\\s*-{3,}\\s+-{3,}\\s*");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    public ExcludedTable {
        rows = List.copyOf(rows);
    }

    /**
     * @param output each byte a character of ISO-8859-1
     * @return null where it is no such table; a table without rows is one
     */
    public static @Nullable ExcludedTable parse(String output) {
        var rows = new ArrayList<ExcludedRange>();
        boolean begun = false;
        for (String line : output.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                ExcludedRange range = range(row);
                if (range == null) {
                    return null;
                }
                rows.add(range);
                begun = true; // some people's copies have no rule
            } else if (RULE.matcher(line).matches()) {
                begun = true;
            } else if (begun && DIGIT.matcher(line).find()) {
                return null; // a row of a shape nobody has seen
            }
        }
        return begun ? new ExcludedTable(rows) : null;
    }

    private static @Nullable ExcludedRange range(Matcher row) {
        int first = Integer.parseInt(row.group(1));
        int last = Integer.parseInt(row.group(2));
        if (first > last || last < 1 || last > PortRange.ALL.last()) {
            return null;
        }
        return new ExcludedRange(new PortRange(Math.max(first, 1), last), row.group(3) != null);
    }

    /** The ports of those rows that a person made. */
    public PortSet administered() {
        return PortSet.of(rows.stream()
                .filter(ExcludedRange::administered)
                .map(ExcludedRange::range)
                .toList());
    }

    /** The ports of all rows. */
    public PortSet ports() {
        return PortSet.of(rows.stream().map(ExcludedRange::range).toList());
    }
}

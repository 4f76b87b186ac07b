package dev.berth.linux.settings;

import java.util.HexFormat;
import java.util.SortedMap;
import java.util.StringTokenizer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters and gauges of one network namespace, by the kernel's own names: {@code Tcp.ActiveOpens},
 * {@code TcpExt.TWRecycled}, {@code sockstat.TCP.tw}, {@code nf_conntrack.insert_failed}. A word that is no number is left
 * out: a false number is worse than none.
 *
 * <p>{@code sockstat.TCP.inuse} and {@code .tw} are the namespace's; {@code .orphan}, {@code .alloc} and {@code .mem} are
 * the whole machine's.
 */
final class KernelCounters {
    private final SortedMap<String, Long> values = new TreeMap<>();

    SortedMap<String, Long> values() {
        return values;
    }

    /** {@code /proc/net/netstat} and {@code /proc/net/snmp}: each group a line of names, then a line of numbers. */
    void addNamedPairs(@Nullable String text, String... groups) {
        if (text == null) {
            return;
        }
        String[] lines = text.split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            for (String group : groups) {
                if (lines[i].startsWith(group + ":")) {
                    addRow(group, lines[i], lines[i + 1]);
                }
            }
        }
    }

    private void addRow(String group, String nameLine, String numberLine) {
        var names = new StringTokenizer(nameLine);
        var numbers = new StringTokenizer(numberLine);
        boolean same = names.nextToken().equals(numbers.hasMoreTokens() ? numbers.nextToken() : "");
        while (same && names.hasMoreTokens() && numbers.hasMoreTokens()) {
            put(group + "." + names.nextToken(), numbers.nextToken());
        }
    }

    /** {@code /proc/net/sockstat} and {@code sockstat6}: a protocol, then names and numbers in turn. */
    void addSockstat(@Nullable String text) {
        if (text == null) {
            return;
        }
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            var words = new StringTokenizer(line.substring(colon + 1));
            while (colon > 0 && words.countTokens() >= 2) {
                put("sockstat." + line.substring(0, colon) + "." + words.nextToken(), words.nextToken());
            }
        }
    }

    /** {@code /proc/net/stat/nf_conntrack}: a line of names, then one line of hexadecimal numbers for each processor. */
    void addConntrack(@Nullable String text) {
        if (text == null) {
            return;
        }
        String[] lines = text.split("\n", -1);
        for (int i = 1; i < lines.length; i++) {
            var names = new StringTokenizer(lines[0]);
            var numbers = new StringTokenizer(lines[i]);
            while (names.hasMoreTokens() && numbers.hasMoreTokens()) {
                String name = names.nextToken();
                String number = numbers.nextToken();
                if (!name.equals("entries")
                        && number.length() <= 15
                        && number.chars().allMatch(HexFormat::isHexDigit)) {
                    values.merge("nf_conntrack." + name, Long.parseLong(number, 16), Long::sum);
                }
            }
        }
    }

    private void put(String name, String number) {
        try {
            values.put(name, Long.parseLong(number));
        } catch (NumberFormatException e) {
            values.remove(name);
        }
    }
}

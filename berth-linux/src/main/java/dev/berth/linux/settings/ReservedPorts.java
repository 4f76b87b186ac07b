package dev.berth.linux.settings;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The notation of {@code ip_local_reserved_ports}: {@code 80,8080-8090}, without blanks, as proc_do_large_bitmap of
 * kernel/sysctl.c reads it.
 */
public final class ReservedPorts {
    private ReservedPorts() {}

    /** The ports of {@code text}, less port 0, which the kernel takes but nobody can hold; null where it is no such list. */
    static @Nullable PortSet parse(String text) {
        BitSet bits = bits(text);
        return bits == null ? null : PortSet.of(bits);
    }

    /** The same with port 0. */
    public static @Nullable BitSet bits(String text) {
        var ports = new BitSet();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf(',', at) < 0 ? text.length() : text.indexOf(',', at);
            String part = text.substring(at, end);
            int dash = part.indexOf('-');
            int first = number(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : number(part.substring(dash + 1));
            if (first < 0 || last < first) {
                return null;
            }
            ports.set(first, last + 1);
            at = end + 1;
        }
        return ports;
    }

    /** 0 to 65535, or -1 where {@code text} is no such number. */
    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> '0' <= c && c <= '9');
        int number = digits ? Integer.parseInt(text) : -1;
        return number <= PortRange.ALL.last() ? number : -1;
    }
}

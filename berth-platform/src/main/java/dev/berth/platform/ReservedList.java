package dev.berth.platform;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A list of reserved ports as Linux keeps it, {@code net.ipv4.ip_local_reserved_ports}.
 *
 * @param zero whether it has port 0, which nobody can hold, and which a list must not lose when it is merged
 */
public record ReservedList(PortSet ports, boolean zero) {
    /** Nothing is reserved. */
    public static final ReservedList EMPTY = new ReservedList(PortSet.EMPTY, false);

    /**
     * What one write(2) to the setting takes: a page less its last byte, with the end of line. 4 KiB is the smallest page of
     * any Linux; proc_do_large_bitmap, kernel/sysctl.c.
     */
    public static final int ONE_WRITE_BYTES = 4_095;

    /** With its prefix; proc_get_long, kernel/sysctl.c, takes no more. */
    private static final int LONGEST_NUMBER = 20;

    /**
     * Reads {@code 80,8080-8090} as the kernel does (proc_do_large_bitmap of kernel/sysctl.c): no blank anywhere, a comma at
     * the end is forgiven, the order does not matter, {@code 010} is octal and {@code 0x50} is 80.
     *
     * @return null where the kernel would refuse it, and then reserves none of it
     */
    public static @Nullable ReservedList parse(String text) {
        var bits = new BitSet();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf(',', at) < 0 ? text.length() : text.indexOf(',', at);
            int dash = text.indexOf('-', at);
            boolean single = dash < 0 || dash >= end;
            int first = number(text, at, single ? end : dash);
            int last = single ? first : number(text, dash + 1, end);
            if (first < 0 || last < first) {
                return null;
            }
            bits.set(first, last + 1);
            at = end + 1;
        }
        return new ReservedList(PortSet.of(bits), bits.get(0));
    }

    /** 0 to 65535, or -1 where that part of the text is no such number. */
    private static int number(String text, int start, int end) {
        boolean octal = end - start > 1 && text.charAt(start) == '0';
        boolean hex = octal && end - start > 2 && (text.charAt(start + 1) | 0x20) == 'x';
        int radix = hex ? 16 : octal ? 8 : 10;
        int number = start < end && end - start <= LONGEST_NUMBER ? 0 : -1;
        for (int i = hex ? start + 2 : start; i < end && number >= 0; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            number = digit < 0 || number * radix + digit > PortRange.ALL.last() ? -1 : number * radix + digit;
        }
        return number;
    }

    /** Whether it takes more than one write, so that a program that makes only one puts the beginning of it in force. */
    public static boolean isLongerThanOneWrite(String text) {
        return text.length() + "\n".length() > ONE_WRITE_BYTES;
    }

    /** The ports of both. */
    public ReservedList plus(ReservedList other) {
        return new ReservedList(ports.plus(other.ports), zero || other.zero);
    }

    /** Those ports of this that are not in the other. */
    public ReservedList minus(ReservedList other) {
        return new ReservedList(ports.minus(other.ports), zero && !other.zero);
    }

    /** Whether it has every port of the other. */
    public boolean covers(ReservedList other) {
        return other.minus(this).equals(EMPTY);
    }

    /** As Linux prints it; reads back by {@link #parse}. */
    @Override
    public String toString() {
        String text = ports.toString();
        if (!zero) {
            return text;
        }
        return text.startsWith("1-")
                ? "0-" + text.substring(2)
                : ports.contains(1) ? "0-" + text : text.isEmpty() ? "0" : "0," + text;
    }
}

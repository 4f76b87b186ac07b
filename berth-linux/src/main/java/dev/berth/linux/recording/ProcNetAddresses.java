package dev.berth.linux.recording;

import dev.berth.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;

/**
 * The addresses in {@code /proc/net/tcp} and its siblings, proc_net(5): 8 or 32 hexadecimal digits before a colon and a
 * port's four, as words of the machine, which is little-endian wherever Berth runs.
 */
final class ProcNetAddresses {
    private static final String DIGITS = "0123456789ABCDEF";
    private static final int WORD_DIGITS = 8;
    private static final int V4_DIGITS = 8;
    private static final int V6_DIGITS = 32;
    private static final int PORT_DIGITS = 4;

    private ProcNetAddresses() {}

    /** The text with each address replaced; addresses keep their length, so the columns stay. */
    static byte[] replaced(byte[] text, UnaryOperator<IpAddress> change) {
        byte[] changed = text.clone();
        for (int at = 0; at < text.length; ) {
            int digits = digitsFrom(text, at);
            int end = at + digits;
            boolean address = (digits == V4_DIGITS || digits == V6_DIGITS)
                    && end < text.length
                    && text[end] == ':'
                    && digitsFrom(text, end + 1) == PORT_DIGITS;
            if (address) {
                write(change.apply(read(text, at, digits)), changed, at, digits);
                end += 1 + PORT_DIGITS;
            }
            at = Math.max(end, at + 1);
        }
        return changed;
    }

    private static int digitsFrom(byte[] text, int from) {
        int at = from;
        while (at < text.length && DIGITS.indexOf(text[at]) >= 0) {
            at++;
        }
        return at - from;
    }

    private static IpAddress read(byte[] text, int from, int digits) {
        var words = ByteBuffer.allocate(digits / 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = from; at < from + digits; at += WORD_DIGITS) {
            int word = 0;
            for (int i = at; i < at + WORD_DIGITS; i++) {
                word = word << 4 | DIGITS.indexOf(text[i]);
            }
            words.putInt(word);
        }
        return IpAddress.of(words.array());
    }

    private static void write(IpAddress address, byte[] text, int from, int digits) {
        var words = ByteBuffer.allocate(V6_DIGITS / 2)
                .putLong(address.high())
                .putLong(address.low())
                .order(ByteOrder.LITTLE_ENDIAN);
        int skipped = (V6_DIGITS - digits) / 2;
        for (int i = 0; i < digits; i++) {
            int word = words.getInt(skipped + i / WORD_DIGITS * Integer.BYTES);
            text[from + i] = (byte) DIGITS.charAt(word >>> 4 * (WORD_DIGITS - 1 - i % WORD_DIGITS) & 0xf);
        }
    }
}

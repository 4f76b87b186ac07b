package dev.berth.net;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An IPv4 or IPv6 address in one space of 128 bits. IPv4 is its v4-mapped form (RFC 4291 section 2.5.5.2), because that
 * is how it competes for ports: {@code 10.0.0.1} and {@code ::ffff:10.0.0.1} are the same address to a bind.
 *
 * @param high the first 8 bytes in network order
 * @param low the last 8 bytes in network order
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
    private static final long MAPPED = 0xffffL << 32;

    /** {@code 0.0.0.0}: every IPv4 address of the host. */
    public static final IpAddress ANY_V4 = new IpAddress(0, MAPPED);
    /** {@code ::}: every IPv6 address of the host, and every IPv4 one unless the socket is v6-only. */
    public static final IpAddress ANY_V6 = new IpAddress(0, 0);

    /** The IPv4 address with these 32 bits, in network order. */
    public static IpAddress v4(int bits) {
        return new IpAddress(0, lowOfV4(bits));
    }

    /** The {@link #low} half of the IPv4 address with these 32 bits; its {@link #high} half is 0. */
    public static long lowOfV4(int bits) {
        return MAPPED | Integer.toUnsignedLong(bits);
    }

    /** The address in 4 or 16 bytes in network order. */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length == 4) {
            return v4(ByteBuffer.wrap(bytes).getInt());
        }
        if (bytes.length == 16) {
            var buffer = ByteBuffer.wrap(bytes);
            return new IpAddress(buffer.getLong(), buffer.getLong());
        }
        throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    }

    /** Whether these two halves are an IPv4 address. */
    public static boolean isV4(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff;
    }

    public boolean isV4() {
        return isV4(high, low);
    }

    /** {@code 0.0.0.0} or {@code ::}. */
    public boolean isAny() {
        return high == 0 && (low == 0 || low == MAPPED);
    }

    /** In {@code 127.0.0.0/8}, or {@code ::1}. */
    public boolean isLoopback() {
        return isV4() ? (int) low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** The 4 bytes of an IPv4 address or the 16 of an IPv6 one, in network order. */
    public byte[] toBytes() {
        byte[] all = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return isV4() ? Arrays.copyOfRange(all, 12, 16) : all;
    }

    /**
     * Reads a numeric address; names are never looked up. {@code ::ffff:10.0.0.1} reads as {@code 10.0.0.1}.
     *
     * @throws IllegalArgumentException with a message fit for a person
     */
    public static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? V6Text.parse(text) : v4(V6Text.parseV4(text, text));
    }

    @Override
    public int compareTo(IpAddress other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** {@code 10.0.0.1}, or an IPv6 address as RFC 5952 wants it. Reads back by {@link #parse}. */
    @Override
    public String toString() {
        var text = new StringBuilder(39);
        appendTo(text, high, low);
        return text.toString();
    }

    /** How many characters {@link #toString} returns, for IPv4 without making them. */
    public static int textLength(long high, long low) {
        if (isV4(high, low)) {
            return 3
                    + digits(low >>> 24 & 0xff)
                    + digits(low >>> 16 & 0xff)
                    + digits(low >>> 8 & 0xff)
                    + digits(low & 0xff);
        }
        var text = new StringBuilder(39);
        V6Text.append(text, high, low);
        return text.length();
    }

    private static int digits(long octet) {
        return octet < 10 ? 1 : octet < 100 ? 2 : 3;
    }

    /** Appends what {@link #toString} returns, without making an address. */
    public static void appendTo(StringBuilder text, long high, long low) {
        if (isV4(high, low)) {
            text.append((low >>> 24) & 0xff)
                    .append('.')
                    .append((low >>> 16) & 0xff)
                    .append('.');
            text.append((low >>> 8) & 0xff).append('.').append(low & 0xff);
        } else {
            V6Text.append(text, high, low);
        }
    }
}

package dev.berth.linux.nat;

import dev.berth.net.IpAddress;
import dev.berth.platform.NatRules.Destination;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks of addresses, as rules write them. Text that is none gives null. */
final class Blocks {
    private static final int ADDRESS_BITS = 128;
    private static final int MAPPED_BITS = 96;

    static final Destination EVERY_V4 = new Destination(IpAddress.v4(0), MAPPED_BITS, false);

    private Blocks() {}

    /** {@code 10.0.0.0/8}, or an address alone. */
    static @Nullable Destination parse(String text) {
        int slash = text.indexOf('/');
        IpAddress network = address(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            return null;
        }
        int longest = network.isV4() ? ADDRESS_BITS - MAPPED_BITS : ADDRESS_BITS;
        try {
            return of(network, slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) { // a mask with holes in it
            return null;
        }
    }

    /** @param length as it is written, from 0 to 32 for IPv4 */
    static @Nullable Destination of(IpAddress network, int length) {
        int bits = network.isV4() ? length + MAPPED_BITS : length;
        boolean possible = length >= 0 && bits <= ADDRESS_BITS;
        return possible ? new Destination(network, bits, false) : null;
    }

    static @Nullable IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The fewest blocks that make up an inclusive range; null where it runs backwards or over both families. */
    static @Nullable List<Destination> ofRange(@Nullable IpAddress first, @Nullable IpAddress last) {
        if (first == null || last == null || first.isV4() != last.isV4() || first.compareTo(last) > 0) {
            return null;
        }
        var blocks = new ArrayList<Destination>();
        IpAddress from = first;
        while (from.compareTo(last) <= 0) {
            int length = ADDRESS_BITS;
            while (length > 0 && startsAndFits(from, length - 1, last)) {
                length--;
            }
            blocks.add(new Destination(from, length, false));
            IpAddress end = endOf(from, length);
            long low = end.low() + 1;
            from = new IpAddress(low == 0 ? end.high() + 1 : end.high(), low);
            if (from.high() == 0 && low == 0) { // beyond the last address there is
                break;
            }
        }
        return blocks;
    }

    private static boolean startsAndFits(IpAddress from, int length, IpAddress last) {
        boolean starts = (from.high() & hostHigh(length)) == 0 && (from.low() & hostLow(length)) == 0;
        return starts && endOf(from, length).compareTo(last) <= 0;
    }

    private static IpAddress endOf(IpAddress from, int length) {
        return new IpAddress(from.high() | hostHigh(length), from.low() | hostLow(length));
    }

    private static long hostHigh(int length) {
        return length >= Long.SIZE ? 0 : -1L >>> length;
    }

    private static long hostLow(int length) {
        return length <= Long.SIZE ? -1L : length == ADDRESS_BITS ? 0 : -1L >>> length - Long.SIZE;
    }

    /** What is in one of each; blocks nest or are apart. */
    static List<Destination> common(List<Destination> some, List<Destination> others) {
        var common = new ArrayList<Destination>();
        for (Destination one : some) {
            for (Destination other : others) {
                if (within(one, other)) {
                    common.add(one);
                } else if (within(other, one)) {
                    common.add(other);
                }
            }
        }
        return common;
    }

    static boolean within(Destination inner, Destination outer) {
        return inner.prefixLength() >= outer.prefixLength() && outer.includes(inner.network());
    }

    static Destination negated(Destination block) {
        return new Destination(block.network(), block.prefixLength(), true);
    }
}

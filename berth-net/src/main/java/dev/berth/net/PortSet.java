package dev.berth.net;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Any set of ports from 1 to 65535, as a value: immutable, equal by content, at most 8 KiB. */
public final class PortSet {
    private static final int RANGES_IN_SHORT = 6;

    /** No port at all. */
    public static final PortSet EMPTY = new PortSet(new BitSet(0));

    private final BitSet bits; // never handed out, never changed after construction

    private PortSet(BitSet bits) {
        this.bits = bits;
    }

    public static PortSet of(PortRange range) {
        return of(List.of(range));
    }

    public static PortSet of(Collection<PortRange> ranges) {
        var bits = new BitSet();
        ranges.forEach(range -> bits.set(range.first(), range.last() + 1));
        return new PortSet(bits);
    }

    /** The set of the bits from 1 to 65535 that are set; bit 0 and bits above are not ports and are left out. */
    public static PortSet of(BitSet ports) {
        var bits = ports.get(0, Ports.LAST + 1);
        bits.clear(0);
        return new PortSet(bits);
    }

    /**
     * Reads the notation of {@code ip_local_reserved_ports}: {@code 80,8080-8090}, blanks around the commas allowed, an
     * empty text for the empty set.
     *
     * @throws IllegalArgumentException with a message fit for a person
     */
    public static PortSet parse(String text) {
        if (text.isBlank()) {
            return EMPTY;
        }
        var ranges = new ArrayList<PortRange>();
        for (String part : text.split(",", -1)) {
            ranges.add(PortRange.parse(part.strip()));
        }
        return of(ranges);
    }

    public boolean contains(int port) {
        return port >= 0 && bits.get(port);
    }

    public boolean isEmpty() {
        return bits.isEmpty();
    }

    /** How many ports: 0 to 65535. */
    public int size() {
        return bits.cardinality();
    }

    public PortSet plus(PortSet other) {
        var sum = copy();
        sum.or(other.bits);
        return new PortSet(sum);
    }

    public PortSet minus(PortSet other) {
        var difference = copy();
        difference.andNot(other.bits);
        return new PortSet(difference);
    }

    public PortSet intersect(PortSet other) {
        var common = copy();
        common.and(other.bits);
        return new PortSet(common);
    }

    /** Whether any port is in both sets. */
    public boolean intersects(PortSet other) {
        return bits.intersects(other.bits);
    }

    /** How many of the ports have the same parity as {@code port}: the half of a range that Linux connects from first. */
    public int sizeWithParityOf(int port) {
        int parity = port & 1;
        return (int)
                bits.stream().filter(candidate -> (candidate & 1) == parity).count();
    }

    /** The lowest port of {@code range} that is not in this set. */
    public OptionalInt firstGap(PortRange range) {
        int gap = bits.nextClearBit(range.first());
        return gap <= range.last() ? OptionalInt.of(gap) : OptionalInt.empty();
    }

    /** The set as the fewest ranges, in ascending order. */
    public List<PortRange> ranges() {
        var ranges = new ArrayList<PortRange>();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int end = bits.nextClearBit(first);
            ranges.add(new PortRange(first, end - 1));
            first = bits.nextSetBit(end);
        }
        return ranges;
    }

    /** The ports in ascending order. */
    public IntStream ports() {
        return bits.stream();
    }

    private BitSet copy() {
        return (BitSet) bits.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortSet set && bits.equals(set.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    /** As Linux prints it: {@code 80,8080-8090}, and nothing for the empty set. Reads back by {@link #parse}. */
    @Override
    public String toString() {
        return text(ranges());
    }

    private static String text(List<PortRange> ranges) {
        return ranges.stream().map(PortRange::toString).collect(Collectors.joining(","));
    }

    /** For a person: of a long list its beginning, and how many ports there are. Does not read back. */
    public String inShort() {
        List<PortRange> ranges = ranges();
        return ranges.size() <= RANGES_IN_SHORT
                ? text(ranges)
                : String.format(Locale.ROOT, "%s,… %,d ports", text(ranges.subList(0, RANGES_IN_SHORT)), size());
    }
}

package dev.berth.platform.capture;

import dev.berth.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses for addresses: one for one, so that nothing that was apart falls together. An address stays what it was, IPv4
 * or IPv6, wildcard, loopback, private, link-local, multicast or public (RFC 6890, RFC 4291); which subnet it was in is
 * lost. For one thread.
 */
public final class AddressPseudonyms {
    private static final int ROUNDS = 8;
    private static final int REMEMBERED = 1 << 16;

    /** A block whose addresses stay in it. {@code bits} of them change, an even number. */
    private record Block(IpAddress first, int prefix, int bits) {
        static Block of(String first, int prefix, int bits) {
            return new Block(IpAddress.parse(first), prefix, bits);
        }

        boolean contains(IpAddress address) {
            int length = first.isV4() ? 96 + prefix : prefix;
            long high = highBits(Math.min(length, Long.SIZE));
            long low = highBits(Math.max(0, length - Long.SIZE));
            return ((address.high() ^ first.high()) & high) == 0 && ((address.low() ^ first.low()) & low) == 0;
        }
    }

    private static final List<Block> BLOCKS = List.of(
            Block.of("0.0.0.0", 8, 0),
            Block.of("127.0.0.0", 8, 0),
            Block.of("240.0.0.0", 4, 0),
            Block.of("10.0.0.0", 8, 24),
            Block.of("172.16.0.0", 12, 20),
            Block.of("192.168.0.0", 16, 16),
            Block.of("100.64.0.0", 10, 22),
            Block.of("169.254.0.0", 16, 16),
            Block.of("224.0.0.0", 4, 28),
            Block.of("0.0.0.0", 0, 32),
            Block.of("::", 127, 0), // wildcard and loopback
            Block.of("fe80::", 10, 64),
            Block.of("fc00::", 7, 120),
            Block.of("ff00::", 8, 112),
            Block.of("2000::", 3, 128),
            Block.of("::", 0, 128));

    private final Pseudonyms pseudonyms;
    private final Map<IpAddress, IpAddress> known = new HashMap<>();

    public AddressPseudonyms(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    public IpAddress of(IpAddress address) {
        IpAddress other = known.get(address);
        if (other == null) {
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            other = make(address);
            known.put(address, other);
        }
        return other;
    }

    /** Walks on where the permutation leads out of the block: what is reached in the end is still one for one. */
    private IpAddress make(IpAddress address) {
        Block block = blockOf(address);
        IpAddress other = address;
        if (block.bits > 0) {
            do {
                other = permuted(other, block.bits);
            } while (!blockOf(other).equals(block));
        }
        return other;
    }

    private static Block blockOf(IpAddress address) {
        for (Block block : BLOCKS) {
            if (block.first.isV4() == address.isV4() && block.contains(address)) {
                return block;
            }
        }
        throw new IllegalStateException("the last block of a family contains every address of it");
    }

    /** A Feistel network over the low {@code bits}; the others stay. */
    private IpAddress permuted(IpAddress address, int bits) {
        int half = bits / 2;
        long mask = lowBits(half);
        long right = address.low() & mask;
        long left = half == Long.SIZE
                ? address.high()
                : (address.low() >>> half | address.high() << Long.SIZE - half) & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ pseudonyms.mixed(bits << 8 | round, right) & mask;
            left = right;
            right = next;
        }
        if (half == Long.SIZE) {
            return new IpAddress(left, right);
        }
        long low = right | left << half;
        long high = left >>> Long.SIZE - half;
        long changedLow = lowBits(Math.min(bits, Long.SIZE));
        long changedHigh = lowBits(Math.max(0, bits - Long.SIZE));
        return new IpAddress(
                address.high() & ~changedHigh | high & changedHigh, address.low() & ~changedLow | low & changedLow);
    }

    private static long highBits(int count) {
        return count == 0 ? 0 : -1L << Long.SIZE - count;
    }

    private static long lowBits(int count) {
        return ~highBits(Long.SIZE - count);
    }
}

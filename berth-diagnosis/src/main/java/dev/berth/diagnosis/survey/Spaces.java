package dev.berth.diagnosis.survey;

import java.util.Arrays;

/**
 * Numbers tuple spaces in the order they are first seen: source address, destination address, destination port. Open
 * addressing over arrays of primitives; a space costs 36 bytes and a slot of its index.
 */
public final class Spaces {
    private static final int STRIDE = 4;
    private static final int SMALLEST = 64;

    private int[] slots = new int[SMALLEST]; // number + 1, so that 0 is an empty slot
    private long[] addresses = new long[SMALLEST / 2 * STRIDE];
    private char[] ports = new char[SMALLEST / 2];
    private int size;

    /** The number of this space, counted from 0: a new one where it was never seen. */
    int number(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int port) {
        int at = slot(sourceHigh, sourceLow, destinationHigh, destinationLow, port);
        if (slots[at] != 0) {
            return slots[at] - 1;
        }
        slots[at] = size + 1;
        return add(sourceHigh, sourceLow, destinationHigh, destinationLow, port);
    }

    /** The number of this space, or -1 where it was never seen. */
    int find(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int port) {
        return slots[slot(sourceHigh, sourceLow, destinationHigh, destinationLow, port)] - 1;
    }

    /** Where it is, or would be. */
    private int slot(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int port) {
        int mask = slots.length - 1;
        int at = spread(sourceHigh, sourceLow, destinationHigh, destinationLow, port) & mask;
        for (; slots[at] != 0; at = at + 1 & mask) {
            int number = slots[at] - 1;
            int base = number * STRIDE;
            if (addresses[base + 3] == destinationLow
                    && ports[number] == port
                    && addresses[base + 1] == sourceLow
                    && addresses[base + 2] == destinationHigh
                    && addresses[base] == sourceHigh) {
                break;
            }
        }
        return at;
    }

    /** Takes in the spaces of {@code other}; the answer has the number here of each number there. */
    int[] addAll(Spaces other) {
        int[] here = new int[other.size];
        for (int there = 0; there < here.length; there++) {
            here[there] = number(
                    other.sourceHigh(there),
                    other.sourceLow(there),
                    other.destinationHigh(there),
                    other.destinationLow(there),
                    other.port(there));
        }
        return here;
    }

    public int size() {
        return size;
    }

    public long sourceHigh(int number) {
        return addresses[number * STRIDE];
    }

    public long sourceLow(int number) {
        return addresses[number * STRIDE + 1];
    }

    public long destinationHigh(int number) {
        return addresses[number * STRIDE + 2];
    }

    public long destinationLow(int number) {
        return addresses[number * STRIDE + 3];
    }

    public int port(int number) {
        return ports[number];
    }

    private int add(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int port) {
        int number = size++;
        if (number == ports.length) {
            ports = Arrays.copyOf(ports, number * 2);
            addresses = Arrays.copyOf(addresses, number * 2 * STRIDE);
        }
        int base = number * STRIDE;
        addresses[base] = sourceHigh;
        addresses[base + 1] = sourceLow;
        addresses[base + 2] = destinationHigh;
        addresses[base + 3] = destinationLow;
        ports[number] = (char) port;
        if (size * 2 > slots.length) {
            growIndex();
        }
        return number;
    }

    private void growIndex() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int at = mask
                    & spread(
                            sourceHigh(number),
                            sourceLow(number),
                            destinationHigh(number),
                            destinationLow(number),
                            port(number));
            while (slots[at] != 0) {
                at = at + 1 & mask;
            }
            slots[at] = number + 1;
        }
    }

    private static int spread(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int port) {
        long hash = (sourceHigh * 31 + sourceLow) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 29 ^ destinationHigh * 31 ^ destinationLow) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 32 ^ port) * 0x94D049BB133111EBL;
        return (int) (hash >>> 32);
    }
}

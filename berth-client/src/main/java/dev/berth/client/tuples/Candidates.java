package dev.berth.client.tuples;

import dev.berth.net.PortSet;
import java.util.Arrays;

/** The ports that may be chosen at all, each known by its index; in ascending order. */
public final class Candidates {
    private final char[] ports;

    /** @param set at least one port */
    public Candidates(PortSet set) {
        int[] all = set.ports().toArray();
        this.ports = new char[all.length];
        for (int i = 0; i < all.length; i++) {
            ports[i] = (char) all[i];
        }
    }

    public int size() {
        return ports.length;
    }

    public int port(int index) {
        return ports[index];
    }

    /** The index of the port, or a negative number. */
    int indexOf(int port) {
        return Arrays.binarySearch(ports, (char) port);
    }

    /** The candidates that are in {@code set}, as a layer to look through. */
    PortBits layer(PortSet set) {
        var bits = new PortBits(ports.length);
        for (int i = 0; i < ports.length; i++) {
            if (set.contains(ports[i])) {
                bits.set(i);
            }
        }
        return bits;
    }
}

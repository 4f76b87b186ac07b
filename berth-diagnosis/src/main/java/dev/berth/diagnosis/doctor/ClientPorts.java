package dev.berth.diagnosis.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The local ports of one process's connections.
 *
 * @param different how many different ports they are
 * @param odd how many of the connections are on an odd port
 */
record ClientPorts(int pid, int connections, int different, int odd) {
    int onParity(int parity) {
        return (parity & 1) == 0 ? connections - odd : odd;
    }

    /** Gathers connections, two ints each. */
    static final class Gathering {
        private final long[] held; // pid << 32 | port, so that sorting brings equal ones together
        private int size;

        Gathering(int most) {
            held = new long[most];
        }

        void add(int pid, int port) {
            held[size++] = (long) pid << 32 | port;
        }

        /** Each process once, those with fewer connections than that left out. */
        List<ClientPorts> withAtLeast(int fewest) {
            Arrays.sort(held, 0, size);
            var clients = new ArrayList<ClientPorts>();
            for (int at = 0; at < size; ) {
                int end = at;
                int different = 0;
                int odd = 0;
                for (; end < size && held[end] >>> 32 == held[at] >>> 32; end++) {
                    different += end == at || held[end] != held[end - 1] ? 1 : 0;
                    odd += (int) held[end] & 1;
                }
                if (end - at >= fewest) {
                    clients.add(new ClientPorts((int) (held[at] >>> 32), end - at, different, odd));
                }
                at = end;
            }
            return clients;
        }
    }
}

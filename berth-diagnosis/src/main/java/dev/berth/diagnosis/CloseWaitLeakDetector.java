package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import java.util.Arrays;
import java.util.function.Consumer;

/** Finds processes that do not close connections after their peers have. */
final class CloseWaitLeakDetector implements Detector {
    /**
     * A healthy program closes within milliseconds of its peer, so even a thousand closes per second leave only a handful in
     * CLOSE_WAIT at any instant; twenty in one process at once is more than that.
     */
    private static final int FEWEST = 20;

    @Override
    public void examine(Examined host, Consumer<Finding> found) {
        InodePairs closeWaits = host.survey().closeWaits();
        long[] held = new long[closeWaits.size()]; // pid << 32 | peer, so that sorting brings equal ones together
        for (int i = 0; i < held.length; i++) {
            held[i] = (long) host.processes().firstPidHolding(closeWaits.inode(i)) << 32 | closeWaits.number(i);
        }
        Arrays.sort(held);
        for (int at = 0; at < held.length; ) {
            int end = at;
            while (end < held.length && held[end] >>> 32 == held[at] >>> 32) {
                end++;
            }
            if (end - at >= FEWEST) {
                found.accept(new Finding.CloseWaitLeak(
                        host.processes().of((int) (held[at] >>> 32)),
                        end - at,
                        peer(host.survey(), busiest(held, at, end))));
            }
            at = end;
        }
    }

    private static int busiest(long[] held, int from, int to) {
        int busiest = (int) held[from];
        int most = 0;
        for (int at = from; at < to; ) {
            int end = at;
            while (end < to && held[end] == held[at]) {
                end++;
            }
            if (end - at > most) {
                most = end - at;
                busiest = (int) held[at];
            }
            at = end;
        }
        return busiest;
    }

    private static Endpoint peer(Survey survey, int number) {
        Spaces peers = survey.closeWaitPeers();
        return new Endpoint(
                new IpAddress(peers.destinationHigh(number), peers.destinationLow(number)), peers.port(number));
    }
}

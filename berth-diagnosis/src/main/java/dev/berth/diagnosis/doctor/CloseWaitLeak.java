package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.survey.InodePairs;
import dev.berth.diagnosis.survey.Spaces;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process keeps connections whose peers have closed.
 *
 * @param process null where the owners are not known: then the sockets may be those of several processes
 * @param busiest the remote endpoint most of them had
 * @param oldestSeconds how long ago, at least, the first of their peers closed; 0 where that is not known
 */
record CloseWaitLeak(@Nullable ProcessInfo process, int sockets, Endpoint busiest, int oldestSeconds)
        implements Finding {
    /**
     * A healthy program closes within milliseconds of its peer, so even a thousand closes per second leave only a handful in
     * CLOSE_WAIT at any instant; twenty in one process at once is more than that.
     */
    static final int FEWEST = 20;

    static void find(Examined host, Consumer<Finding> found) {
        InodePairs closeWaits = host.survey().closeWaits();
        long[] held = new long[closeWaits.size()]; // pid << 32 | peer, so that sorting brings equal ones together
        for (int i = 0; i < held.length; i++) {
            held[i] = (long) host.processes().firstPidHolding(closeWaits.inode(i)) << 32 | closeWaits.number(i);
        }
        Arrays.sort(held);
        Map<Integer, Integer> oldest = oldestByProcess(host);
        for (int at = 0; at < held.length; ) {
            int end = at;
            while (end < held.length && held[end] >>> 32 == held[at] >>> 32) {
                end++;
            }
            if (end - at >= FEWEST) {
                int pid = (int) (held[at] >>> 32);
                found.accept(new CloseWaitLeak(
                        host.processes().of(pid),
                        end - at,
                        peer(host.survey(), busiest(held, at, end)),
                        oldest.getOrDefault(pid, 0)));
            }
            at = end;
        }
    }

    private static Map<Integer, Integer> oldestByProcess(Examined host) {
        InodePairs closedFor = host.further().closedFor();
        Map<Integer, Integer> oldest = new HashMap<>();
        for (int i = 0; i < closedFor.size(); i++) {
            int pid = host.processes().firstPidHolding(closedFor.inode(i));
            oldest.merge(pid, closedFor.number(i), Math::max);
        }
        return oldest;
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

    @Override
    public String id() {
        return "close-wait-leak";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return process == null
                ? "%d connections that their peers have closed are kept, and whose they are is not known"
                        .formatted(sockets)
                : "%s keeps %d connections that their peers have closed%s"
                        .formatted(
                                Words.who(process),
                                sockets,
                                oldestSeconds == 0 ? "" : ", the oldest for at least " + Words.span(oldestSeconds));
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "%d sockets are in CLOSE_WAIT: the peer closed, this side has not.".formatted(sockets),
                "Most of them were connected with %s.".formatted(busiest.port() == 0 ? busiest.address() : busiest),
                oldestSeconds == 0
                        ? "One look cannot tell for how long; a second one that shows as many settles it."
                        : "The peer of the oldest has sent nothing for %s, not even an acknowledgement: it closed then or before."
                                .formatted(Words.span(oldestSeconds)));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(new Fix(
                "close-connections",
                "correct the program: it must close a connection when reading from it ends; no setting of the system does "
                        + "it instead",
                null,
                Fix.Risk.NONE,
                true));
        if (process != null) {
            fixes.addAll(EndHolder.restart(process));
        }
        return fixes;
    }
}

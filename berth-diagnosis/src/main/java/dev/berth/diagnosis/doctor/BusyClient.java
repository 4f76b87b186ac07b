package dev.berth.diagnosis.doctor;

import dev.berth.platform.Gap;
import dev.berth.platform.OpenFilesLimit;
import dev.berth.platform.ProcessInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A process with many outgoing connections.
 *
 * @param openFilesLimit how many descriptors it may have open; empty where that is not known
 */
record BusyClient(ProcessInfo process, int connections, Optional<OpenFilesLimit> openFilesLimit) {
    /** Half of the smallest limit that systems give by default, which is 256. */
    private static final int FEWEST = 128;

    private static final int MOST_ASKED = 8;

    /** The busiest few, busiest first. */
    static List<BusyClient> of(List<Destination> destinations, IntFunction<Optional<OpenFilesLimit>> openFilesLimit) {
        Map<Integer, Destination.Share> byPid = new HashMap<>();
        for (Destination destination : destinations) {
            for (Destination.Share share : destination.processes()) {
                byPid.merge(
                        share.process().pid(),
                        share,
                        (all, more) -> new Destination.Share(all.process(), all.connections() + more.connections()));
            }
        }
        var clients = new ArrayList<BusyClient>();
        byPid.values().stream()
                .filter(share -> share.connections() >= FEWEST)
                .sorted(Comparator.comparingInt(Destination.Share::connections)
                        .reversed()
                        .thenComparingInt(share -> share.process().pid()))
                .limit(MOST_ASKED)
                .forEach(share -> clients.add(new BusyClient(
                        share.process(),
                        share.connections(),
                        openFilesLimit.apply(share.process().pid()))));
        return clients;
    }

    /** What is missing to judge them. */
    static List<Gap> gaps(List<BusyClient> clients) {
        return clients.stream()
                .filter(client -> client.openFilesLimit().isEmpty())
                .map(client -> new Gap(
                        "limit of open files of " + Words.who(client.process()),
                        "it was not recorded, or the process has none or has ended"))
                .toList();
    }
}

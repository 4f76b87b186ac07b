package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.OwnService;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.WindowsReservation;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server's port is one that automatic choice may draw: at its next start, it may find a client there.
 *
 * @param processes who listens, as far as known
 */
record ListenerInDynamicRange(int port, Protocol protocol, List<ProcessInfo> processes) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        PortSet atRisk = host.tcp().drawable();
        Map<Integer, Set<ProcessInfo>> byPort = new TreeMap<>();
        for (Survey.Sighting listener : host.survey().listeners()) {
            int port = listener.local().port();
            if (atRisk.contains(port)) {
                byPort.computeIfAbsent(port, _ -> new LinkedHashSet<>())
                        .addAll(host.processes().holding(listener.inode()));
            }
        }
        byPort.forEach((port, processes) ->
                found.accept(new ListenerInDynamicRange(port, Protocol.TCP, List.copyOf(processes))));
    }

    @Override
    public String id() {
        return "listener-in-dynamic-range";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return "%s port %d has a listener and lies in the dynamic range"
                .formatted(protocol.label().toUpperCase(Locale.ROOT), port);
    }

    @Override
    public List<String> evidence() {
        return List.of(
                processes.isEmpty()
                        ? "The process that listens is not known."
                        : "%s %s there."
                                .formatted(
                                        processes.stream().map(Words::who).collect(Collectors.joining(", ")),
                                        processes.size() == 1 ? "listens" : "listen"),
                "Nothing keeps port %d from automatic choice, so while its server is down an outgoing connection may be given it."
                        .formatted(port));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        PortRange range = PortRange.of(port);
        return settings.ofWindows()
                ? List.of(WindowsReservation.ofHeld(range, protocol, service()))
                : Reservation.of(PortSet.of(range), settings);
    }

    /** The one service that listens; null where that is none, or not the only one. */
    private @Nullable String service() {
        return processes.size() == 1 ? OwnService.of(processes.getFirst()) : null;
    }
}

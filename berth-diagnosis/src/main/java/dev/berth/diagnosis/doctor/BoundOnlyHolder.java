package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.FreeLine;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process holds ports by sockets that neither listen nor are connected.
 *
 * @param process null where the owners are not known: then the sockets may be those of several processes
 */
record BoundOnlyHolder(@Nullable ProcessInfo process, List<Endpoint> sockets) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        Map<Integer, List<Endpoint>> byProcess = new TreeMap<>();
        for (Survey.Sighting socket : host.survey().boundOnly()) {
            int pid = host.processes().firstPidHolding(socket.inode());
            byProcess.computeIfAbsent(pid, _ -> new ArrayList<>()).add(socket.local());
        }
        byProcess.forEach((pid, sockets) -> {
            sockets.sort(Comparator.comparingInt(Endpoint::port));
            found.accept(new BoundOnlyHolder(host.processes().of(pid), sockets));
        });
    }

    @Override
    public String id() {
        return "bound-only-holder";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public String title() {
        if (sockets.size() == 1) {
            return "%s holds %s without listening or connecting".formatted(Words.who(process), sockets.getFirst());
        }
        return process == null
                ? "%d sockets are bound that neither listen nor are connected, and whose they are is not known"
                        .formatted(sockets.size())
                : "%s has bound %d sockets that neither listen nor are connected"
                        .formatted(Words.who(process), sockets.size());
    }

    @Override
    public List<String> evidence() {
        if (sockets.size() == 1) {
            return List.of(
                    "A server cannot bind port %d on that address."
                            .formatted(sockets.getFirst().port()),
                    "No outgoing connection is given the port, whatever its destination.");
        }
        return List.of(
                "They hold %s: a server cannot bind one of them on the same address.".formatted(ports().inShort()),
                "No outgoing connection is given one of these ports, whatever its destination.");
    }

    private PortSet ports() {
        return PortSet.of(
                sockets.stream().map(socket -> PortRange.of(socket.port())).toList());
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(new Fix(
                "release-port",
                "let the program close what it does not use, or choose the port only when it connects ("
                        + (settings.ofWindows() ? "connect without bind" : "IP_BIND_ADDRESS_NO_PORT") + ")",
                null,
                Fix.Risk.NONE,
                true));
        if (process != null) {
            fixes.addAll(EndHolder.stop(FreeLine.of(sockets.getFirst(), settings), process));
        }
        return fixes;
    }
}

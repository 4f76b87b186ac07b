package dev.berth.diagnosis;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Finds servers whose port automatic choice may hand to a client while they are down. */
final class ListenerInDynamicRangeDetector implements Detector {
    @Override
    public void examine(Examined host, Consumer<Finding> found) {
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
                found.accept(new Finding.ListenerInDynamicRange(port, Protocol.TCP, List.copyOf(processes))));
    }
}

package dev.berth.remedy.plan;

import dev.berth.diagnosis.Holder;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan has to know of the host.
 *
 * @param listening ports with a TCP listener, or with an unconnected UDP socket outside of the dynamic range; inside of it a
 *     client may have drawn the port of such a socket
 * @param udpOfAnybody ports of unconnected UDP sockets in the dynamic range: a server's, or drawn by a client
 * @param inUse ports of the dynamic range that clients hold, of the protocol whose clients hold more
 * @param servers who has the ports of the two; asked only where it is to be told, as it looks into processes
 * @param occupants who has certain ports, socket by socket; asked only where it matters
 * @param configured services that files configure, running or not, and what Kubernetes publishes on a node
 * @param others network stacks of this host beside the one that is to be changed; none of them is
 * @param gaps what could not be seen of it
 */
public record Terrain(
        HostFacts facts,
        HostTuning tuning,
        NetworkNamespace netns,
        Settings settings,
        PortSet listening,
        PortSet udpOfAnybody,
        PortSet inUse,
        Servers servers,
        Occupants occupants,
        ConfiguredServices configured,
        List<Neighbour> others,
        List<Gap> gaps) {
    public Terrain {
        others = List.copyOf(others);
        gaps = List.copyOf(gaps);
    }

    /**
     * A network stack that stays as it is.
     *
     * @param container the id of the container that it belongs to; null where it is none's, or that is not known
     */
    public record Neighbour(
            NetworkNamespace netns, @Nullable String container) {}

    /** Names who has ports. */
    public interface Servers {
        /** {@code 40001 (java(4242))} for each; the port alone where nobody is known. */
        List<String> named(PortSet ports);
    }

    /** Looks for who has ports. */
    public interface Occupants {
        /** Every socket on one of the ports, in the hands of each process. */
        List<Holder> on(PortSet ports, Protocol protocol) throws HostReadException;

        /** Whether this Berth comes from the process, and would end with it. */
        boolean isAncestor(ProcessInfo process);
    }

    /** Looks at a host. */
    public static Terrain of(HostNetwork host, List<NetworkNamespace> others) throws HostReadException {
        Settings settings = host.settings();
        PortRange dynamic = settings.policy(Protocol.TCP).dynamic();
        SocketsSeen seen = SocketsSeen.of(host, dynamic);
        ConfiguredServices files = host.configuredServices();
        var services = new ArrayList<>(files.services());
        var gaps = new ArrayList<>(files.gaps());
        gaps.addAll(seen.gaps());
        HostFacts facts = host.facts();
        if (!isWindows(facts)) {
            NodePorts.addTo(services, gaps, host, seen.agentInodes());
        }
        HostTuning tuning = host.tuning();
        return new Terrain(
                facts,
                tuning,
                host.namespace().withCookie(tuning.cookie()),
                settings,
                seen.listening(),
                seen.udpOfAnybody(),
                seen.inUse(),
                ports -> ServerNames.of(ports, seen, host),
                new HostOccupants(host),
                new ConfiguredServices(services, files.gaps()),
                others.stream().map(other -> neighbour(other, host)).toList(),
                gaps);
    }

    private static Neighbour neighbour(NetworkNamespace netns, HostNetwork host) {
        Integer resident = netns.resident();
        return new Neighbour(
                netns,
                resident == null
                        ? null
                        : host.processLabel(resident)
                                .map(process -> process.container())
                                .orElse(null));
    }

    /** Whether its settings are those of Windows. */
    public boolean isWindows() {
        return isWindows(facts);
    }

    private static boolean isWindows(HostFacts facts) {
        return facts.system().equals("windows");
    }

    /** Whether the configuration files of the host are for another network stack: they configure its own only. */
    public boolean isForeign() {
        return settings.foreign() != null;
    }
}

package dev.berth.remedy.policy;

import dev.berth.diagnosis.Processes;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.RegisteredPorts;
import dev.berth.net.TcpState;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Snapshot;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import dev.berth.platform.SocketRow;
import dev.berth.remedy.policy.Draft.Entry;
import dev.berth.remedy.policy.Policy.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is found on each port of a host, and the services that it comes to. Listeners on loopback count: their ports can be
 * given to clients like any other. Of UDP, sockets without a peer count, as servers have them.
 */
final class Findings {
    private static final SocketQuery SERVERS =
            SocketQuery.everything().with(EnumSet.of(TcpState.LISTEN, TcpState.BOUND));

    private final Map<Protocol, PortRange> dynamic = new EnumMap<>(Protocol.class);
    private final boolean windows;
    private final Map<Place, Port> ports = new TreeMap<>();

    /**
     * @param tcp what is drawn from, null where that is not known
     * @param udp the same
     * @param windows whether a unit is the name of a Windows service
     */
    Findings(@Nullable PortRange tcp, @Nullable PortRange udp, boolean windows) {
        if (tcp != null) {
            dynamic.put(Protocol.TCP, tcp);
        }
        if (udp != null) {
            dynamic.put(Protocol.UDP, udp);
        }
        this.windows = windows;
    }

    private record Place(Protocol protocol, int port) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = protocol.compareTo(other.protocol);
            return order != 0 ? order : Integer.compare(port, other.port);
        }
    }

    /** What is known of one port. */
    private static final class Port {
        final Set<IpAddress> addresses = new LinkedHashSet<>();
        final Set<ProcessInfo> processes = new LinkedHashSet<>();
        final List<ConfiguredServices.Service> configured = new ArrayList<>();
        boolean runs;
        boolean everywhere;
        boolean byNumber;

        void at(@Nullable IpAddress address) {
            if (address == null || address.isAny()) {
                everywhere = true;
            } else {
                addresses.add(address);
            }
        }

        /** Null for every address, and for several, which a policy has no word for. */
        @Nullable
        IpAddress address() {
            return everywhere || addresses.size() != 1
                    ? null
                    : addresses.iterator().next();
        }
    }

    void addRunning(HostNetwork host, List<Gap> gaps) throws HostReadException {
        Snapshot seen = host.snapshot(SERVERS);
        gaps.addAll(seen.gaps());
        Set<Long> byNumber = byNumber(host);
        var inodes = new InodeSet();
        for (var row = seen.sockets().cursor(); row.next(); ) {
            inodes.add(row.inode());
        }
        var processes = new Processes(owners(host, inodes, gaps), host::process);
        for (var row = seen.sockets().cursor(); row.next(); ) {
            boolean serves = row.protocol() == Protocol.UDP || row.state() == TcpState.LISTEN;
            if (serves && row.localPort() != 0) {
                add(row, byNumber.contains(row.cookie()), processes);
            }
        }
    }

    private void add(SocketRow row, boolean byNumber, Processes processes) {
        Port port = port(row.protocol(), row.localPort());
        port.runs = true;
        PortRange drawn = dynamic.get(row.protocol());
        port.byNumber |= byNumber || drawn == null || !drawn.contains(row.localPort());
        port.at(row.localAddress());
        ProcessInfo process = processes.firstHolding(row.inode());
        if (process != null) {
            port.processes.add(process);
        }
    }

    /** The cookies of those that asked for their port; a kernel that does not tell says none. */
    private static Set<Long> byNumber(HostNetwork host) throws HostReadException {
        var cookies = new HashSet<Long>();
        Snapshot seen = host.snapshot(SERVERS.with(PortOrigin.EXPLICIT));
        for (var row = seen.sockets().cursor(); row.next(); ) {
            cookies.add(row.cookie());
        }
        return cookies;
    }

    private static Owners owners(HostNetwork host, InodeSet inodes, List<Gap> gaps) {
        if (inodes.isEmpty()) {
            return Owners.notLooked();
        }
        try {
            Owners owners = host.owners(OwnerQuery.everyHolder(inodes));
            gaps.addAll(owners.gaps());
            return owners;
        } catch (HostReadException e) {
            gaps.add(new Gap("the processes of servers", e.why()));
            return Owners.notLooked();
        }
    }

    void addConfigured(ConfiguredServices services, List<Gap> gaps) {
        gaps.addAll(services.gaps());
        for (ConfiguredServices.Service service : services.services()) {
            PortSet.of(service.ports()).ports().forEach(number -> {
                Port port = port(service.protocol(), number);
                port.configured.add(service);
                if (!port.runs) {
                    port.at(service.address());
                }
            });
        }
    }

    private Port port(Protocol protocol, int number) {
        return ports.computeIfAbsent(new Place(protocol, number), _ -> new Port());
    }

    /** Ports of one name, protocol, address and reason to leave them out make one service. */
    private record Group(
            String name,
            Protocol protocol,
            @Nullable IpAddress address,
            @Nullable String leftOut) {}

    /** By protocol and port. */
    List<Entry> entries() {
        var groups = new LinkedHashMap<Group, Map<String, PortSet>>();
        ports.forEach((place, port) -> groups.computeIfAbsent(
                        new Group(name(place, port), place.protocol(), port.address(), leftOut(port)),
                        _ -> new LinkedHashMap<>())
                .merge(comment(port), PortSet.of(PortRange.of(place.port())), PortSet::plus));
        var named = new HashMap<String, Integer>();
        groups.keySet().stream()
                .filter(group -> group.leftOut() == null)
                .forEach(group -> named.merge(group.name(), 1, Integer::sum));
        var names = new HashSet<String>();
        var entries = new ArrayList<Entry>();
        groups.forEach((group, comments) ->
                entries.add(entry(group, comments, named.getOrDefault(group.name(), 0) > 1, names)));
        entries.sort(Comparator.comparing(entry -> entry.leftOut() != null)); // stable: what is left out comes last
        return entries;
    }

    private static Entry entry(Group group, Map<String, PortSet> comments, boolean shared, Set<String> names) {
        PortSet all = comments.values().stream().reduce(PortSet.EMPTY, PortSet::plus);
        var lines = new ArrayList<String>();
        comments.forEach((comment, of) -> lines.add(comments.size() == 1 ? comment : of + ": " + comment));
        String name = group.leftOut() == null ? unused(group, shared, names) : group.name();
        return new Entry(new Service(name, group.protocol(), all, group.address(), null, null), lines, group.leftOut());
    }

    /** @param shared whether others are called so: then the one at every address has the name, and each other its address */
    private static String unused(Group group, boolean shared, Set<String> names) {
        String name = group.name() + (shared && group.address() != null ? " at " + group.address() : "");
        if (names.add(name)) {
            return name;
        }
        name += " " + group.protocol().label();
        for (int i = 2; !names.add(name); i++) {
            name = group.name() + " " + i;
        }
        return name;
    }

    private @Nullable String leftOut(Port port) {
        if (port.runs && !port.byNumber && port.configured.isEmpty()) {
            return "the system drew the port, so it is another one after each start";
        }
        boolean disabled =
                !port.runs && port.configured.stream().allMatch(service -> Boolean.FALSE.equals(service.enabled()));
        return disabled ? "it is not enabled, so nothing starts it" : null;
    }

    private static String comment(Port port) {
        List<String> sources = port.configured.stream()
                .map(ConfiguredServices.Service::source)
                .distinct()
                .toList();
        if (!port.runs) {
            return "stopped; configured in " + String.join(", ", sources);
        }
        List<String> who = port.processes.stream()
                .map(process -> process.name() + " (pid " + process.pid() + ")")
                .toList();
        String running =
                who.isEmpty() ? "runs now; its process could not be seen" : "runs now: " + String.join(", ", who);
        return sources.isEmpty() ? running : running + ", " + String.join(", ", sources);
    }

    private String name(Place place, Port port) {
        if (!port.configured.isEmpty()) {
            return Words.name(port.configured.getFirst().name());
        }
        for (ProcessInfo process : port.processes) {
            String unit = process.unit();
            if (windows && unit != null && !unit.contains("+")) {
                return Words.name(unit);
            }
            return Words.name(
                    unit != null && unit.matches("[^/]+\\.service") && !unit.startsWith("user@")
                            ? unit.substring(0, unit.length() - ".service".length())
                            : process.name());
        }
        String known = RegisteredPorts.shipped().service(place.protocol(), place.port());
        return known != null ? Words.name(known) : "port " + place.port();
    }
}

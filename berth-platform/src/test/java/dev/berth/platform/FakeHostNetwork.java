package dev.berth.platform;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Settings.Family;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A host made up for a test: {@code FakeHostNetwork.with("127.0.0.1:8080 LISTEN java(4242)")}. Its dynamic range is
 * 32768-60999, nothing is reserved, and a bind fails where a listener is.
 */
public final class FakeHostNetwork implements HostNetwork {
    private int looks;
    private @Nullable TcpState unseen;
    private final List<FakeSocket> sockets = new ArrayList<>();
    private final Map<Integer, ProcessInfo> processes = new HashMap<>();
    private final List<Gap> ownerGaps = new ArrayList<>();
    private Owner.Reason reasonForNobody = Owner.Reason.NO_DESCRIPTOR;
    private PortPolicy policy = new PortPolicy(
            new PortRange(32768, 60999), PortSet.EMPTY, List.of(), List.of(), 1024, PortPolicy.Persistent.NOTHING);
    private final TreeMap<String, Tunable> tunables = new TreeMap<>();
    private boolean windows;
    private PortEvents events = new PortEvents(List.of(), List.of());
    private boolean foreign;
    private NetworkNamespace namespace = new NetworkNamespace(4026531840L, null);

    private final Set<Long> boundByNumber = new HashSet<>();
    private @Nullable FakeFailures failures;
    private HostControl control = HostControl.none("a host made up for a test");
    private HostTuning tuning = HostTuning.none("a host made up for a test");
    private ConfiguredServices configured = new ConfiguredServices(List.of(), List.of());
    private long nextInode = 50_000;

    private FakeHostNetwork() {}

    /** A host with these sockets, each as {@code [udp] LOCAL [-> REMOTE] STATE [name(pid)]… [expires=MILLIS]}. */
    public static FakeHostNetwork with(String... lines) {
        var host = new FakeHostNetwork();
        for (String line : lines) {
            host.add(line);
        }
        return host;
    }

    /**
     * A Windows with these sockets and that dynamic range: one network stack, a socket's tie to its process is the process id,
     * no timers, and a bind that wants to be the only one fails beside any socket but a TIME_WAIT, and in an excluded range.
     */
    public static FakeHostNetwork windows(PortPolicy policy, String... lines) {
        FakeHostNetwork host = with(lines).policy(policy).namespace(NetworkNamespace.ONLY);
        host.windows = true;
        host.sockets.replaceAll(FakeSocket::onWindows);
        PortRange dynamic = policy.dynamic();
        for (Protocol protocol : Protocol.values()) {
            host.setting(WindowsSetting.dynamicPorts(protocol), dynamic == null ? null : dynamic.toString());
            for (Family family : Family.values()) {
                host.setting(
                        WindowsSetting.excludedPorts(protocol, family),
                        policy.reserved().toString());
            }
        }
        return host;
    }

    /** What its log says about ports that ran out. */
    public FakeHostNetwork events(PortEvents.Event... all) {
        events = new PortEvents(List.of(all), List.of());
        return this;
    }

    @Override
    public PortEvents events() {
        return events;
    }

    /** One more socket, and its processes where they are new. Its cookie is its inode. */
    public FakeHostNetwork add(String line) {
        var socket = FakeSocket.parse(line, nextInode++);
        sockets.add(windows ? socket.onWindows() : socket);
        for (ProcessInfo holder : socket.holders()) {
            processes.putIfAbsent(holder.pid(), holder);
        }
        return this;
    }

    /** The last socket asked for its port by number. */
    public FakeHostNetwork boundByNumber() {
        boundByNumber.add(sockets.getLast().cookie());
        return this;
    }

    /** As a host without sock_diag: it does not tell which socket is which. */
    public FakeHostNetwork withoutCookies() {
        sockets.replaceAll(FakeSocket::withoutCookie);
        return this;
    }

    /** A socket is gone; whether it was there. */
    public boolean remove(long cookie) {
        return sockets.removeIf(socket -> socket.cookie() == cookie);
    }

    /** A process ends, and what it alone held is closed. */
    public void end(int pid) {
        processes.remove(pid);
        for (FakeSocket socket : List.copyOf(sockets)) {
            if (socket.heldBy(pid)) {
                int at = sockets.indexOf(socket);
                sockets.remove(at);
                FakeSocket left = socket.without(pid);
                if (!left.holders().isEmpty()) {
                    sockets.add(at, left);
                }
            }
        }
    }

    /** The processes of a unit. */
    List<Integer> pidsOf(String unit) {
        return processes.values().stream()
                .filter(process -> unit.equals(process.unit()))
                .map(ProcessInfo::pid)
                .toList();
    }

    /** What can be done to it. */
    public FakeHostNetwork control(HostControl newControl) {
        control = newControl;
        return this;
    }

    @Override
    public HostControl control() {
        return control;
    }

    /** What changes its settings; {@link #settings} does not follow. */
    public FakeHostNetwork tuning(HostTuning newTuning) {
        tuning = newTuning;
        return this;
    }

    @Override
    public HostTuning tuning() {
        return tuning;
    }

    /** What its files configure. */
    public FakeHostNetwork configured(ConfiguredServices.Service... services) {
        configured = new ConfiguredServices(List.of(services), List.of());
        return this;
    }

    @Override
    public ConfiguredServices configuredServices() {
        return configured;
    }

    /** Says more about a process. */
    public FakeHostNetwork process(ProcessInfo process) {
        processes.put(process.pid(), process);
        return this;
    }

    /** Hides the owners that no line names. */
    public FakeHostNetwork hiding(Owner.Reason reason, Gap gap) {
        reasonForNobody = reason;
        ownerGaps.add(gap);
        return this;
    }

    public FakeHostNetwork policy(PortPolicy newPolicy) {
        policy = newPolicy;
        return this;
    }

    /** Has a setting in force, such as {@code net.ipv4.tcp_tw_reuse}. */
    public FakeHostNetwork setting(String name, @Nullable String running) {
        tunables.put(name, new Tunable(name, running, List.of()));
        return this;
    }

    /** Is another namespace than the host's own. */
    public FakeHostNetwork foreign(NetworkNamespace newNamespace) {
        foreign = true;
        return namespace(newNamespace);
    }

    public FakeHostNetwork namespace(NetworkNamespace newNamespace) {
        namespace = newNamespace;
        return this;
    }

    /** As a host that tells of failures as they happen, and of these at once. */
    public FakeHostNetwork failing(PortFailure... all) {
        failures = new FakeFailures(List.of(all));
        return this;
    }

    /** As a host that tells of failures as they happen, but of so many only that they were lost, or in other namespaces. */
    public FakeHostNetwork failingUnseen(long lost, long elsewhere) {
        failures = new FakeFailures(List.of());
        failures.without(lost, elsewhere);
        return this;
    }

    /** As a host that stops to tell of failures, for that reason. */
    public FakeHostNetwork failingToTell(String why) {
        failures = new FakeFailures(List.of());
        failures.refuse(why);
        return this;
    }

    /** Whether nobody watches for failures any more. */
    public boolean unwatched() {
        return failures == null || failures.closed();
    }

    @Override
    public FailureFeed failures(FailureQuery query) throws HostReadException {
        return failures == null ? HostNetwork.super.failures(query) : failures.again();
    }

    /** As a host without sock_diag: sockets in that state are there, and it does not tell. */
    public FakeHostNetwork notShowing(TcpState state) {
        unseen = state;
        return this;
    }

    @Override
    public boolean shows(TcpState state) {
        return state != unseen;
    }

    @Override
    public HostFacts facts() {
        if (windows) {
            return new HostFacts(
                    "windows", "10.0.19045", "host", Instant.parse("2026-11-20T03:12:00Z"), true, false, true);
        }
        return new HostFacts("linux", "6.18.0", "host", Instant.parse("2026-11-20T03:12:00Z"), true, false, true);
    }

    @Override
    public NetworkNamespace namespace() {
        return namespace;
    }

    /** How often the sockets were asked for. */
    public int looks() {
        return looks;
    }

    @Override
    public SocketDump sockets(SocketQuery query, int parts) {
        looks++;
        var dumped = new ArrayList<SocketColumns>();
        for (int i = 0; i < parts; i++) {
            dumped.add(new SocketColumns());
        }
        int at = 0;
        for (FakeSocket socket : sockets) {
            boolean origin = query.origin() == SocketQuery.PortOrigin.ANY || boundByNumber.contains(socket.cookie());
            if (origin && query.matches(socket)) {
                dumped.get(at++ % parts).append(socket);
            }
        }
        return new SocketDump() {
            @Override
            public List<? extends SocketCursor> parts() {
                return dumped.stream().map(SocketColumns::cursor).toList();
            }

            @Override
            public List<Gap> gaps() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Owners owners(OwnerQuery query) {
        var owners = new Owners.Builder();
        for (FakeSocket socket : sockets) {
            if (query.wants(socket.inode())) {
                for (ProcessInfo holder : socket.holders()) {
                    owners.add(socket.inode(), holder.pid());
                }
            }
        }
        boolean complete = query.effort() == OwnerQuery.Effort.EVERY_HOLDER && ownerGaps.isEmpty();
        return owners.build(complete, reasonForNobody, ownerGaps);
    }

    @Override
    public Optional<ProcessInfo> process(int pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    @Override
    public Settings settings() {
        var policies = new HashMap<Settings.Scope, PortPolicy>();
        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                policies.put(new Settings.Scope(protocol, family), policy);
            }
        }
        return new Settings(policies, tunables, new TreeMap<>(), List.of(), foreign ? namespace : null);
    }

    @Override
    public NatRules natRules() {
        return new NatRules(List.of(), Set.of(), List.of());
    }

    @Override
    public BindOutcome probe(BindRequest request) {
        return windows ? probeOnWindows(request) : probeOnLinux(request);
    }

    private BindOutcome probeOnWindows(BindRequest request) {
        boolean held = sockets.stream()
                .anyMatch(socket -> socket.protocol() == request.protocol()
                        && socket.localPort() == request.port()
                        && socket.state() != TcpState.TIME_WAIT
                        && (request.exclusive() || socket.remotePort() == 0));
        if (held) {
            return new BindOutcome.Refused(new SystemError("WSAEADDRINUSE", 10048));
        }
        return policy.excludedBySystem().contains(request.port())
                ? new BindOutcome.Refused(new SystemError("WSAEACCES", 10013))
                : new BindOutcome.Bound();
    }

    private BindOutcome probeOnLinux(BindRequest request) {
        for (FakeSocket socket : sockets) {
            boolean there = socket.protocol() == request.protocol() && socket.localPort() == request.port();
            boolean gone = request.reuseAddress() && socket.state() == TcpState.TIME_WAIT;
            if (there && !gone) {
                return new BindOutcome.Refused(new SystemError("EADDRINUSE", 98));
            }
        }
        return new BindOutcome.Bound();
    }

    @Override
    public boolean probeMaySpoilSharedPorts() {
        return false;
    }

    @Override
    public void close() {}
}

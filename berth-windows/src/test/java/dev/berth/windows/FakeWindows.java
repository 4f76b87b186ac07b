package dev.berth.windows;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.SystemError;
import dev.berth.windows.FakeNetsh.Block;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsSystem;
import dev.berth.windows.system.WindowsVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Windows made up for a test: {@code FakeWindows.builder().service("MSSQLSERVER", 4242, 1433).build()}. Its netsh prints as
 * recorded ones do and remembers what it was told; its services hold ports while they run, and winnat takes blocks of the
 * dynamic range, other ones after each start. It ends and changes what it is told to, so that a plan can be carried out on it.
 */
public final class FakeWindows implements WindowsSystem {
    /** When every process of it started. */
    public static final Instant STARTED = Instant.parse("2024-11-05T08:00:00Z");

    private static final int STATE_LISTEN = 2;
    private static final int STATE_ESTABLISHED = 5;

    private final WindowsVersion version;
    private final FakeMachine machine;
    private final WindowsActs acts;

    private FakeWindows(Builder builder) {
        version = new WindowsVersion("10.0.20348", "FAKE", builder.elevated);
        machine = new FakeMachine(builder.language, builder.separateFamilies, builder.elevated, builder.natBlocks);
        acts = new FakeActs(machine, builder.elevated, builder.windows, builder.failingStarts);
        machine.values.putAll(builder.values);
        builder.dynamic.forEach(machine.netsh::dynamic);
        builder.blocks.forEach(block -> machine.netsh.reserve(Protocol.TCP, block));
        builder.blocksOfOne.forEach((family, blocks) ->
                machine.netsh.blocks(new Scope(Protocol.TCP, family)).addAll(blocks));
        builder.processes.forEach(machine::addProcess);
        machine.sockets.addAll(builder.sockets);
        machine.needs.putAll(builder.needs);
        builder.refusedByIpv6.forEach(machine.heldInIpv6::add);
        builder.services.forEach(service -> {
            machine.services.put(service.name(), service);
            if (service.running()) {
                machine.begin(service);
            }
        });
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What it is like at first. Without a word: elevated, English, one space for both families, nothing excluded. */
    public static final class Builder {
        private final List<Block> blocks = new ArrayList<>();
        private final Map<Family, List<Block>> blocksOfOne = new EnumMap<>(Family.class);
        private final Map<Scope, PortRange> dynamic = new HashMap<>();
        private final Map<Integer, String> processes = new TreeMap<>();
        private final List<FakeMachine.Socket> sockets = new ArrayList<>();
        private final List<FakeMachine.Service> services = new ArrayList<>();
        private final Map<String, Integer> failingStarts = new HashMap<>();
        private final Map<String, RegistryValue> values = new HashMap<>();
        private final List<String> windows = new ArrayList<>();
        private NetshLanguage language = NetshLanguage.ENGLISH;
        private final Map<String, String> needs = new HashMap<>();
        private final List<Integer> refusedByIpv6 = new ArrayList<>();
        private boolean separateFamilies;
        private boolean elevated = true;
        private int natBlocks;

        private Builder() {}

        public Builder language(NetshLanguage spoken) {
            language = spoken;
            return this;
        }

        /** Exclusions of IPv4 are none of IPv6; which of both real machines do is not known. */
        public Builder separateFamilies() {
            separateFamilies = true;
            return this;
        }

        public Builder notElevated() {
            elevated = false;
            return this;
        }

        /** A block that an administrator excluded for good, for TCP and both families. */
        public Builder excluded(int first, int last) {
            return block(first, last, true, true);
        }

        /** The same for one family, where each has a space of its own. */
        public Builder excludedIn(Family family, int first, int last) {
            blocksOfOne
                    .computeIfAbsent(family, _ -> new ArrayList<>())
                    .add(new Block(new PortRange(first, last), true, true));
            return this;
        }

        /** One that the next start forgets. */
        public Builder excludedUntilRestart(int first, int last) {
            return block(first, last, true, false);
        }

        /** A block of the system's own, as of http.sys. */
        public Builder reservedBySystem(int first, int last) {
            return block(first, last, false, false);
        }

        private Builder block(int first, int last, boolean administered, boolean persistent) {
            blocks.add(new Block(new PortRange(first, last), administered, persistent));
            return this;
        }

        /** A TCP port that a socket of IPv6 alone holds, which is in the way of no exclusion of IPv4. */
        public Builder refusedByIpv6(int port) {
            refusedByIpv6.add(port);
            return this;
        }

        /** The dynamic range of a protocol, in both families. */
        public Builder dynamic(Protocol protocol, int first, int last) {
            for (Family family : Family.values()) {
                dynamic.put(new Scope(protocol, family), new PortRange(first, last));
            }
            return this;
        }

        /** A program that listens on every IPv4 address. */
        public Builder listener(String program, int pid, int port) {
            return socket(Protocol.TCP, program, pid, new Endpoint(IpAddress.ANY_V4, port), null);
        }

        public Builder datagrams(String program, int pid, int port) {
            return socket(Protocol.UDP, program, pid, new Endpoint(IpAddress.ANY_V4, port), null);
        }

        /** A program with a connection that is established. */
        public Builder connection(String program, int pid, Endpoint local, Endpoint remote) {
            return socket(Protocol.TCP, program, pid, local, remote);
        }

        private Builder socket(Protocol protocol, String program, int pid, Endpoint local, @Nullable Endpoint remote) {
            processes.put(pid, program);
            sockets.add(new FakeMachine.Socket(protocol, local, remote, pid));
            return this;
        }

        /** A program whose window can be closed. */
        public Builder window(String program) {
            windows.add(program);
            return this;
        }

        /** A service that runs, and listens on these TCP ports while it does. */
        public Builder service(String name, int pid, Integer... ports) {
            services.add(new FakeMachine.Service(name, pid, List.of(ports), true));
            return this;
        }

        public Builder stoppedService(String name, int pid, Integer... ports) {
            services.add(new FakeMachine.Service(name, pid, List.of(ports), false));
            return this;
        }

        /** One that runs, and only while another does. */
        public Builder dependent(String name, int pid, String onService) {
            needs.put(name, onService);
            return service(name, pid);
        }

        /** The driver winnat runs, and keeps so many blocks of 100 ports of the dynamic range for itself. */
        public Builder winnat(int blocksOf100) {
            natBlocks = blocksOf100;
            services.add(new FakeMachine.Service("winnat", 0, List.of(), true));
            return this;
        }

        /** Each start of that service fails, with that error. */
        public Builder failingStart(String service, int error) {
            failingStarts.put(service, error);
            return this;
        }

        /** @param key such as {@link Registry#TCPIP} */
        public Builder value(String key, String name, RegistryValue value) {
            values.put(key + "\\" + name, value);
            return this;
        }

        public FakeWindows build() {
            return new FakeWindows(this);
        }
    }

    /** What Berth sees of it. */
    public HostNetwork host() {
        return new WindowsHost(this);
    }

    /** The blocks that administrators have excluded, of both protocols and families. */
    public Set<PortRange> exclusions() {
        return machine.exclusions();
    }

    /** The same of one family. */
    public PortSet administered(Scope scope) {
        synchronized (machine) {
            return machine.netsh.blocks(scope).stream()
                    .filter(Block::administered)
                    .map(block -> PortSet.of(block.range()))
                    .reduce(PortSet.EMPTY, PortSet::plus);
        }
    }

    /** Has that done before each run of netsh, and each act that takes leave, from now on. */
    public void beforeEach(Runnable act) {
        machine.netsh.before(act);
    }

    /** Every act it was told to do, in words, and every run of netsh that was to change something, in order. */
    public List<String> told() {
        synchronized (machine) {
            return List.copyOf(machine.told);
        }
    }

    /** It starts again: what was not persistent is gone, and winnat finds other blocks. */
    public void restart() {
        machine.restart();
    }

    @Override
    public WindowsVersion version() {
        return version;
    }

    @Override
    public Instant readAt() {
        return Instant.now();
    }

    @Override
    public boolean recorded() {
        return false;
    }

    @Override
    public byte @Nullable [] sockets(SocketTable table) {
        if (table.bound() || table.rows() != SocketTable.Rows.OWNER_PID) {
            return null;
        }
        List<FakeMachine.Socket> rows = table.v6() ? List.of() : sockets(table.protocol());
        ByteBuffer bytes = ByteBuffer.allocate(4 + rows.size() * 24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(rows.size());
        for (FakeMachine.Socket socket : rows) {
            if (table.protocol() == Protocol.TCP) {
                bytes.putInt(socket.remote() == null ? STATE_LISTEN : STATE_ESTABLISHED);
            }
            put(bytes, socket.local());
            if (table.protocol() == Protocol.TCP) {
                put(bytes, socket.remote() == null ? new Endpoint(IpAddress.ANY_V4, 0) : socket.remote());
            }
            bytes.putInt(socket.pid());
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private List<FakeMachine.Socket> sockets(Protocol protocol) {
        synchronized (machine) {
            return machine.sockets.stream()
                    .filter(socket -> socket.protocol() == protocol)
                    .toList();
        }
    }

    private static void put(ByteBuffer row, Endpoint end) {
        row.order(ByteOrder.BIG_ENDIAN)
                .putInt((int) end.address().low())
                .putShort((short) end.port())
                .putShort((short) 0)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Optional<ProcessEntry> process(int pid) {
        synchronized (machine) {
            return Optional.ofNullable(machine.processes.get(pid));
        }
    }

    @Override
    public List<ServiceEntry> services() {
        synchronized (machine) {
            return machine.services.values().stream()
                    .map(service -> new ServiceEntry(
                            service.name(), service.name(), service.running() ? service.pid() : 0, service.running()))
                    .toList();
        }
    }

    @Override
    public Registry registry() {
        return this::value;
    }

    private @Nullable RegistryValue value(String key, String name) {
        synchronized (machine) {
            return machine.values.get(key + "\\" + name);
        }
    }

    @Override
    public Tools tools() {
        return machine.netsh;
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        if (machine.isHeld(request.protocol(), request.port())) {
            return new BindOutcome.Refused(new SystemError("WSAEADDRINUSE", 10_048));
        }
        boolean reserved = machine.netsh.blocks(new Scope(request.protocol(), Family.IPV4)).stream()
                .anyMatch(block -> !block.administered() && block.range().contains(request.port()));
        return reserved ? new BindOutcome.Refused(new SystemError("WSAEACCES", 10_013)) : new BindOutcome.Bound();
    }

    @Override
    public WindowsActs acts() {
        return acts;
    }

    @Override
    public void close() {}
}

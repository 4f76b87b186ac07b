package dev.berth.windows;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.FakeNetsh.Block;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.WindowsErrorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The state of a {@link FakeWindows}: what its services, processes and sockets do to each other. Guarded by itself. */
final class FakeMachine {
    private static final String WINNAT = "winnat";
    private static final int BLOCK = 100;
    private static final int ERROR_DEPENDENT_SERVICES_RUNNING = 1051;
    private static final int ERROR_SERVICE_DOES_NOT_EXIST = 1060;

    final Map<String, Service> services = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, String> needs = new TreeMap<>(); // a service, and the one it depends on
    final Map<Integer, ProcessEntry> processes = new TreeMap<>();
    final List<Socket> sockets = new ArrayList<>();
    final Map<String, RegistryValue> values = new HashMap<>();
    final Set<Integer> heldInIpv6 = new HashSet<>();
    final List<String> told = new ArrayList<>();
    final FakeNetsh netsh;
    private final int natBlocks;
    private int natStarts;
    private int starts = 1;

    FakeMachine(NetshLanguage language, boolean separateFamilies, boolean elevated, int natBlocks) {
        this.natBlocks = natBlocks;
        netsh = new FakeNetsh(language, separateFamilies, elevated, this);
        addProcess((int) ProcessHandle.current().pid(), "java.exe");
    }

    /** @param remote null for a listener, or a UDP socket */
    record Socket(
            Protocol protocol, Endpoint local, @Nullable Endpoint remote, int pid) {}

    /** With the TCP ports it listens on while it runs. */
    record Service(String name, int pid, List<Integer> ports, boolean running) {
        Service running(boolean now) {
            return new Service(name, pid, ports, now);
        }
    }

    synchronized String runId() {
        return "run " + starts;
    }

    /** It starts again: what was not persistent is gone, and winnat finds other blocks. */
    synchronized void restart() {
        starts++;
        for (Scope scope : scopes()) {
            netsh.blocks(scope).removeIf(block -> block.administered() && !block.persistent());
        }
        if (services.containsKey(WINNAT) && services.get(WINNAT).running()) {
            dropNatBlocks();
            takeNatBlocks();
        }
    }

    private static List<Scope> scopes() {
        var scopes = new ArrayList<Scope>();
        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                scopes.add(new Scope(protocol, family));
            }
        }
        return scopes;
    }

    synchronized void addProcess(int pid, String program) {
        processes.put(
                pid,
                new ProcessEntry(
                        pid,
                        0,
                        program,
                        "C:\\Programs\\" + program,
                        "\"C:\\Programs\\" + program + "\"",
                        null,
                        FakeWindows.STARTED));
    }

    /** Whether that is in the way of an exclusion. */
    synchronized boolean isHeld(Scope scope, int port) {
        boolean v6 = scope.family() == Family.IPV6 && scope.protocol() == Protocol.TCP;
        return isHeld(scope.protocol(), port) || v6 && heldInIpv6.contains(port);
    }

    synchronized boolean isHeld(Protocol protocol, int port) {
        return sockets.stream()
                .anyMatch(socket ->
                        socket.protocol() == protocol && socket.local().port() == port);
    }

    synchronized Set<PortRange> exclusions() {
        var all = new TreeSet<PortRange>();
        for (Scope scope : scopes()) {
            netsh.blocks(scope).stream()
                    .filter(Block::administered)
                    .map(Block::range)
                    .forEach(all::add);
        }
        return all;
    }

    synchronized void begin(Service service) {
        services.put(service.name(), service.running(true));
        if (service.pid() != 0) {
            addProcess(service.pid(), service.name().toLowerCase(Locale.ROOT) + ".exe");
        }
        for (int port : service.ports()) {
            sockets.add(new Socket(Protocol.TCP, new Endpoint(IpAddress.ANY_V4, port), null, service.pid()));
        }
        if (service.name().equals(WINNAT)) {
            takeNatBlocks();
        }
    }

    synchronized void end(Service service) {
        services.put(service.name(), service.running(false));
        endProcess(service.pid());
        if (service.name().equals(WINNAT)) {
            dropNatBlocks();
        }
    }

    synchronized void endProcess(int pid) {
        processes.remove(pid);
        sockets.removeIf(socket -> socket.pid() == pid);
    }

    private void takeNatBlocks() {
        var scope = new Scope(Protocol.TCP, Family.IPV4);
        PortRange range = netsh.dynamic(scope);
        int first = range.first() + 10 + 37 * natStarts++; // elsewhere each time
        int taken = 0;
        for (; taken < natBlocks && first + BLOCK - 1 <= range.last(); first += BLOCK) {
            var block = new PortRange(first, first + BLOCK - 1);
            if (isFree(scope, block)) {
                netsh.reserve(Protocol.TCP, new Block(block, false, false));
                taken++;
            }
        }
    }

    private boolean isFree(Scope scope, PortRange range) {
        PortSet ports = PortSet.of(range);
        return netsh.blocks(scope).stream().noneMatch(block -> ports.intersects(PortSet.of(block.range())))
                && ports.ports().noneMatch(port -> isHeld(scope.protocol(), port));
    }

    private void dropNatBlocks() {
        for (Scope scope : scopes()) {
            netsh.blocks(scope)
                    .removeIf(block -> !block.administered() && block.range().size() == BLOCK);
        }
    }

    /** Those that run and need it, the last to start first. */
    synchronized List<String> dependents(String name) {
        var all = new ArrayList<String>();
        needs.forEach((dependent, needed) -> {
            if (needed.equals(name) && Objects.requireNonNull(services.get(dependent)).running()) {
                all.addAll(dependents(dependent));
                all.add(dependent);
            }
        });
        return all;
    }

    synchronized void checkStop(Service service) throws WindowsErrorException {
        if (!dependents(service.name()).isEmpty()) {
            throw new WindowsErrorException("ControlService", ERROR_DEPENDENT_SERVICES_RUNNING);
        }
    }

    synchronized Service find(String name) throws WindowsErrorException {
        Service service = services.get(name);
        if (service == null) {
            throw new WindowsErrorException("OpenServiceW", ERROR_SERVICE_DOES_NOT_EXIST);
        }
        return service;
    }
}

package dev.berth.linux;

import dev.berth.linux.configured.ConfiguredServicesReader;
import dev.berth.linux.configured.ServiceLines;
import dev.berth.linux.control.LinuxControl;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelRelease;
import dev.berth.linux.nat.LocalAddresses;
import dev.berth.linux.nat.NatReader;
import dev.berth.linux.processes.OwnerSearch;
import dev.berth.linux.processes.ProcLimits;
import dev.berth.linux.processes.Processes;
import dev.berth.linux.processes.SocketOptions;
import dev.berth.linux.settings.LinuxSettings;
import dev.berth.linux.sockets.Sockets;
import dev.berth.linux.tracing.LiveFailures;
import dev.berth.linux.tracing.Tracefs;
import dev.berth.linux.tuning.LinuxTuning;
import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.FailureFeed;
import dev.berth.platform.FailureQuery;
import dev.berth.platform.Gap;
import dev.berth.platform.HostControl;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning;
import dev.berth.platform.NatRules;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OpenFilesLimit;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketFlags;
import dev.berth.platform.SocketQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One network namespace of a Linux host, out of the raw replies of its kernel. */
final class LinuxHost implements HostNetwork {
    /** CAP_DAC_READ_SEARCH and CAP_SYS_PTRACE, linux/capability.h: with both, every process can be looked into. */
    private static final long SEES_EVERY_PROCESS = 1L << 2 | 1L << 19;

    /** CAP_NET_BIND_SERVICE, linux/capability.h. */
    private static final long BINDS_PRIVILEGED_PORTS = 1L << 10;

    private final Kernel kernel;
    private final List<Gap> gaps;
    private final Processes processes; // guarded by itself

    /** @param gaps what could not be opened beside this namespace */
    LinuxHost(Kernel kernel, List<Gap> gaps) {
        this.kernel = kernel;
        this.gaps = List.copyOf(gaps);
        this.processes = new Processes(kernel.files());
    }

    @Override
    public HostFacts facts() {
        return new HostFacts(
                "linux",
                KernelRelease.of(kernel.files()).text(),
                text("/proc/sys/kernel/hostname"),
                kernel.readAt(),
                has(SEES_EVERY_PROCESS),
                kernel.recorded(),
                has(BINDS_PRIVILEGED_PORTS));
    }

    @Override
    public NetworkNamespace namespace() {
        return kernel.namespace();
    }

    @Override
    public SocketDump sockets(SocketQuery query, int parts) throws HostReadException {
        return Sockets.dump(kernel, query, parts, gaps);
    }

    @Override
    public Owners owners(OwnerQuery query) throws HostReadException {
        return OwnerSearch.find(kernel, query);
    }

    @Override
    public Optional<ProcessInfo> process(int pid) {
        synchronized (processes) {
            return processes.of(pid);
        }
    }

    @Override
    public Optional<ProcessInfo> processLabel(int pid) {
        synchronized (processes) {
            return processes.labelOf(pid);
        }
    }

    @Override
    public Optional<OpenFilesLimit> openFilesLimit(int pid) {
        return ProcLimits.openFiles(kernel.files(), pid);
    }

    @Override
    public Settings settings() {
        return LinuxSettings.read(kernel.files(), kernel.foreign() ? kernel.namespace() : null);
    }

    @Override
    public Set<IpAddress> addresses() throws HostReadException {
        return LocalAddresses.read(kernel.files());
    }

    @Override
    public NatRules natRules() {
        return NatReader.read(kernel);
    }

    @Override
    public BindOutcome probe(BindRequest request) {
        return kernel.bind(request);
    }

    @Override
    public boolean probeMaySpoilSharedPorts() {
        return KernelRelease.of(kernel.files()).keepsPortsClosedAfterBind();
    }

    @Override
    public boolean shows(TcpState state) {
        return state != TcpState.BOUND || Sockets.showsBound(kernel);
    }

    @Override
    public SocketFlags flags(int process, long inode, long cookie) {
        return SocketOptions.read(kernel, process, inode, cookie);
    }

    @Override
    public Optional<IpAddress> sourceTowards(IpAddress destination) {
        return kernel.sourceTowards(destination);
    }

    @Override
    public FailureFeed failures(FailureQuery query) throws HostReadException {
        return kernel.recorded()
                ? HostNetwork.super.failures(query)
                : LiveFailures.open(kernel, Tracefs.find(kernel.files()), query);
    }

    @Override
    public HostControl control() {
        return LinuxControl.of(kernel, processes);
    }

    @Override
    public HostTuning tuning() {
        return LinuxTuning.of(kernel);
    }

    @Override
    public ConfiguredServices configuredServices() {
        if (kernel.foreign()) {
            return none("the files of this host describe its own network namespace, not " + kernel.namespace());
        }
        return kernel.recorded() ? recordedServices() : ConfiguredServicesReader.read(kernel.files());
    }

    private ConfiguredServices recordedServices() {
        try {
            byte[] lines = kernel.files().read(ServiceLines.PATH);
            return lines == null
                    ? none("this capture does not hold them")
                    : ServiceLines.parse(new String(lines, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return none("the capture cannot be read there: " + e.getMessage());
        }
    }

    private static ConfiguredServices none(String why) {
        return new ConfiguredServices(List.of(), List.of(new Gap("configured services", why)));
    }

    @Override
    public void close() {
        kernel.close();
    }

    private boolean has(long wanted) {
        return text("/proc/self/status")
                .lines()
                .filter(line -> line.matches("CapEff:\\s*[0-9a-f]{1,16}"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16))
                .anyMatch(capabilities -> (capabilities & wanted) == wanted);
    }

    private String text(String path) {
        try {
            byte[] read = kernel.files().read(path);
            return read == null ? "" : new String(read, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}

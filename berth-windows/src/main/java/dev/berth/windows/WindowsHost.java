package dev.berth.windows;

import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.Gap;
import dev.berth.platform.HostControl;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.PortEvents;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketFlags;
import dev.berth.platform.SocketQuery;
import dev.berth.windows.control.WindowsControl;
import dev.berth.windows.processes.WindowsProcesses;
import dev.berth.windows.services.KnownServices;
import dev.berth.windows.settings.EventLog;
import dev.berth.windows.settings.WindowsSettings;
import dev.berth.windows.sockets.SocketOwners;
import dev.berth.windows.sockets.WindowsSockets;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import dev.berth.windows.tuning.WindowsTuning;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Windows host, out of the raw replies of its system. */
final class WindowsHost implements HostNetwork {
    private final WindowsSystem system;
    private final WindowsProcesses processes;

    WindowsHost(WindowsSystem system) {
        this.system = system;
        this.processes = new WindowsProcesses(system, InstantSource.system());
    }

    @Override
    public HostFacts facts() {
        var version = system.version();
        return new HostFacts(
                "windows",
                version.number(),
                version.hostName(),
                system.readAt(),
                version.elevated(),
                system.recorded(),
                true); // Windows keeps no port for administrators
    }

    @Override
    public NetworkNamespace namespace() {
        return NetworkNamespace.ONLY;
    }

    @Override
    public SocketDump sockets(SocketQuery query, int parts) throws HostReadException {
        return WindowsSockets.dump(system, query);
    }

    @Override
    public Owners owners(OwnerQuery query) throws HostReadException {
        return SocketOwners.of(system, query, processes.gaps());
    }

    @Override
    public Optional<ProcessInfo> process(int pid) {
        return processes.of(pid);
    }

    @Override
    public boolean shows(TcpState state) {
        return state != TcpState.BOUND || WindowsSockets.showsBound(system);
    }

    @Override
    public SocketFlags flags(int process, long inode, long cookie) {
        return new SocketFlags.Unknown("Windows does not tell how a socket of another program shares its port");
    }

    @Override
    public Set<IpAddress> addresses() throws HostReadException {
        try {
            return system.addresses();
        } catch (WindowsErrorException e) {
            throw new HostReadException(
                    HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                    "cannot tell the addresses of this host",
                    String.valueOf(e.getMessage()),
                    "run `ipconfig` on it");
        }
    }

    @Override
    public Optional<IpAddress> sourceTowards(IpAddress destination) {
        return system.sourceTowards(destination);
    }

    @Override
    public Settings settings() {
        return WindowsSettings.read(system);
    }

    @Override
    public Settings everySetting() {
        return WindowsSettings.readEvery(system);
    }

    @Override
    public PortEvents events() {
        return EventLog.read(system.tools());
    }

    @Override
    public ConfiguredServices configuredServices() {
        try {
            return KnownServices.among(system.services());
        } catch (WindowsErrorException e) {
            return new ConfiguredServices(
                    List.of(), List.of(new Gap("installed services", String.valueOf(e.getMessage()))));
        }
    }

    @Override
    public BindOutcome probe(BindRequest request) {
        return system.bind(request);
    }

    @Override
    public boolean probeMaySpoilSharedPorts() {
        return false;
    }

    @Override
    public HostControl control() {
        return WindowsControl.of(this, system);
    }

    @Override
    public HostTuning tuning() {
        return WindowsTuning.of(system);
    }

    @Override
    public void close() {
        system.close();
    }
}

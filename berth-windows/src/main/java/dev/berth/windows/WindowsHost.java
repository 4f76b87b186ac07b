package dev.berth.windows;

import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.windows.services.KnownServices;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.util.List;
import java.util.Optional;

/** A Windows host, out of the raw replies of its system. */
final class WindowsHost implements HostNetwork {
    private final WindowsSystem system;

    WindowsHost(WindowsSystem system) {
        this.system = system;
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
        throw new UnsupportedOperationException();
    }

    @Override
    public Owners owners(OwnerQuery query) throws HostReadException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ProcessInfo> process(int pid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Settings settings() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConfiguredServices configuredServices() {
        try {
            return KnownServices.among(system.services());
        } catch (WindowsErrorException e) {
            return new ConfiguredServices(List.of(), List.of(new Gap("installed services", e.getMessage())));
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
    public void close() {
        system.close();
    }
}

package dev.berth.windows.control;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.Ancestry;
import dev.berth.platform.HostControl;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketId;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsSystem;
import java.time.Duration;

/** The acts on the running Windows. */
public final class WindowsControl implements HostControl {
    private final ConnectionEnd connections;
    private final ProcessEnd processes;
    private final ServiceStop services;
    private final Lineage lineage;

    private WindowsControl(HostNetwork host, WindowsSystem system, WindowsActs acts) {
        lineage = new Lineage(system);
        connections = new ConnectionEnd(query -> host.sockets(query, 1), system, acts);
        processes = new ProcessEnd(system, acts, lineage);
        services = new ServiceStop(new Services(system, acts));
    }

    /** @param host the same system, for its sockets */
    public static HostControl of(HostNetwork host, WindowsSystem system) {
        WindowsActs acts = system.acts();
        return acts == null
                ? HostControl.none("a recording cannot be acted on")
                : new WindowsControl(host, system, acts);
    }

    @Override
    public Ancestry ancestry() {
        return lineage.read();
    }

    @Override
    public ActOutcome destroy(SocketId socket) {
        return connections.destroy(socket);
    }

    @Override
    public ActOutcome signal(ProcessRef process, EndSignal signal) {
        return processes.signal(process, signal);
    }

    @Override
    public boolean awaitEnd(ProcessRef process, Duration most) {
        return processes.await(process, most);
    }

    @Override
    public ActOutcome stopUnit(String unit, Duration most) {
        return services.stop(unit, most);
    }
}

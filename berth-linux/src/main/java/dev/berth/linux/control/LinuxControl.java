package dev.berth.linux.control;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.Programs;
import dev.berth.linux.processes.Processes;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.Ancestry;
import dev.berth.platform.HostControl;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketId;
import java.time.Duration;

/** The acts on the running Linux. */
public final class LinuxControl implements HostControl {
    private final ConnectionEnd connections;
    private final ProcessEnd ends;
    private final ServiceStop services;
    private final Processes processes; // guarded by itself

    private LinuxControl(Kernel kernel, Processes processes) {
        this.processes = processes;
        connections = new ConnectionEnd(kernel);
        ends = new ProcessEnd(kernel, processes);
        services = new ServiceStop(Programs.here(), processes);
    }

    /** @param processes the ones looked at before, by whose clock start times are compared; guarded by itself */
    public static HostControl of(Kernel kernel, Processes processes) {
        return kernel.recorded()
                ? HostControl.none("a recording cannot be acted on")
                : new LinuxControl(kernel, processes);
    }

    @Override
    public Ancestry ancestry() {
        synchronized (processes) {
            return processes.ancestry();
        }
    }

    @Override
    public ActOutcome destroy(SocketId socket) {
        return connections.destroy(socket);
    }

    @Override
    public ActOutcome signal(ProcessRef process, EndSignal signal) {
        return ends.signal(process, signal);
    }

    @Override
    public boolean awaitEnd(ProcessRef process, Duration most) {
        return ends.await(process, most);
    }

    @Override
    public ActOutcome stopUnit(String unit, Duration most) {
        return services.stop(unit, most);
    }
}

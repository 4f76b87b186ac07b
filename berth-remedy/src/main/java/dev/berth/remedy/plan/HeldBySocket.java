package dev.berth.remedy.plan;

import dev.berth.diagnosis.Holder;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import dev.berth.remedy.plan.PlanOptions.Restart;
import org.jspecify.annotations.Nullable;

/** A socket holds a port, and no single service is known to be behind it. */
record HeldBySocket(Holder holder) implements InTheWay {
    private static final int KERNEL = 4; // the System process: http.sys and other drivers

    @Override
    public @Nullable String service() {
        return null;
    }

    @Override
    public boolean maybeLetsGo() {
        return true;
    }

    @Override
    public Restart restart() {
        return Restart.SERVICES;
    }

    @Override
    public PlanRefusedException refusal(PortSet ports, Protocol protocol) {
        return Obstacles.held(ports, protocol, who(), way(protocol));
    }

    private String who() {
        ProcessInfo process = holder.process();
        if (process == null) {
            return "a process that could not be seen";
        }
        if (process.pid() == KERNEL) {
            return "http.sys or another driver (pid 4)";
        }
        String name = "%s (pid %d)".formatted(process.name(), process.pid());
        String services = process.unit();
        if (services != null) {
            return "one of the services %s, which share %s,".formatted(services.replace("+", ", "), name);
        }
        return holder.remote() == null || holder.accepted()
                ? name
                : "%s, for a connection to %s,".formatted(name, holder.remote());
    }

    private String way(Protocol protocol) {
        ProcessInfo process = holder.process();
        if (process != null && process.pid() == KERNEL) {
            return "netsh http show servicestate tells whose it is; stop that, then the same";
        }
        if (process != null && process.unit() != null) {
            return "stop the one that holds it, then the same";
        }
        return "berth free %d%s, then the same".formatted(holder.local().port(), Obstacles.flag(protocol));
    }
}

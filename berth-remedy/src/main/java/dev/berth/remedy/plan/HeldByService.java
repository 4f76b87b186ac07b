package dev.berth.remedy.plan;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import dev.berth.remedy.plan.PlanOptions.Restart;
import org.jspecify.annotations.Nullable;

/**
 * One service holds ports, in a process of its own.
 *
 * @param ours whether this Berth comes from it, as from sshd, and would end with it
 */
record HeldByService(String name, ProcessInfo process, boolean ours) implements InTheWay {
    @Override
    public @Nullable String service() {
        return ours ? null : name;
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
        return Obstacles.held(
                ports,
                protocol,
                "the service %s (%s, pid %d)".formatted(name, process.name(), process.pid()),
                ours
                        ? "this Berth runs below it and would end with it: stop it from elsewhere, then the same there"
                        : "the same with --restart-services, which stops %s, excludes, and starts it again"
                                .formatted(name));
    }
}

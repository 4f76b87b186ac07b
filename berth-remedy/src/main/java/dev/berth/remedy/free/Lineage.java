package dev.berth.remedy.free;

import dev.berth.diagnosis.OwnService;
import dev.berth.platform.Ancestry;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Berth itself and the processes it comes from, which it must not end: the shell it was typed into, the session, and the
 * services they belong to.
 */
public record Lineage(Ancestry ancestry, Set<String> services) {
    public Lineage {
        services = Set.copyOf(services);
    }

    /** That of this process, as the acts themselves will see it. */
    public static Lineage here(HostNetwork host) {
        Ancestry ancestry = host.control().ancestry();
        var services = new HashSet<String>();
        for (ProcessRef process : ancestry.line()) {
            if (process.pid() > 1) {
                host.processLabel(process.pid()).map(OwnService::of).ifPresent(services::add);
            }
        }
        return new Lineage(ancestry, services);
    }

    /** Whether it is Berth, or Berth comes from it, as far as that can be told. */
    boolean has(ProcessInfo process) {
        return process.startedAt() == null
                ? ancestry.has(process.pid())
                : ancestry.mayHave(new ProcessRef(process.pid(), process.startedAt()));
    }

    /** Whether Berth was started from it: its connections may carry the very session that Berth was typed into. */
    boolean startedFrom(@Nullable ProcessInfo process) {
        boolean self = process != null
                && !ancestry.line().isEmpty()
                && process.pid() == ancestry.line().getFirst().pid();
        return process != null && !self && has(process);
    }
}

package dev.berth.remedy.free;

import dev.berth.diagnosis.OwnService;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.ProcessInfo;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Berth itself and the processes it comes from, which it must not end: the shell it was typed into, the session, and the
 * services they belong to.
 *
 * @param self Berth's own process id
 * @param pids its own and those of the processes it comes from
 */
public record Lineage(int self, Set<Integer> pids, Set<String> services) {
    public Lineage {
        pids = Set.copyOf(pids);
        services = Set.copyOf(services);
    }

    /** That of this process. */
    public static Lineage here(HostNetwork host) {
        var pids = new HashSet<Integer>();
        var services = new HashSet<String>();
        Optional<ProcessHandle> one = Optional.of(ProcessHandle.current());
        while (one.isPresent()) {
            int pid = Math.toIntExact(one.get().pid());
            pids.add(pid);
            if (pid > 1) {
                host.processLabel(pid).map(OwnService::of).ifPresent(services::add);
            }
            one = one.get().parent();
        }
        return new Lineage(Math.toIntExact(ProcessHandle.current().pid()), pids, services);
    }

    /** Whether Berth was started from it: its connections may carry the very session that Berth was typed into. */
    boolean startedFrom(@Nullable ProcessInfo process) {
        return process != null && process.pid() != self && pids.contains(process.pid());
    }
}

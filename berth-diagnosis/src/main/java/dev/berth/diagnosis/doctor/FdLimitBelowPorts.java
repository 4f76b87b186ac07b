package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.OwnService;
import dev.berth.platform.OpenFilesLimit;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.function.Consumer;

/**
 * A process runs out of descriptors before it runs out of ports.
 *
 * @param connections its outgoing ones; whatever else it has open is not counted
 */
record FdLimitBelowPorts(ProcessInfo process, int connections, OpenFilesLimit limit) implements Finding {
    private static final int NOTED_PERCENT = 50;
    private static final int NEARLY_ALL_PERCENT = 80;

    private static final long ENOUGH = 65_536; // as many as there are ports

    static void find(Examined host, Consumer<Finding> found) {
        for (BusyClient client : host.busyClients()) {
            client.openFilesLimit().ifPresent(limit -> {
                if (isReached(client.connections(), limit, NOTED_PERCENT)) {
                    found.accept(new FdLimitBelowPorts(client.process(), client.connections(), limit));
                }
            });
        }
    }

    private static boolean isReached(int connections, OpenFilesLimit limit, int percent) {
        return connections * 100L >= limit.soft() * percent;
    }

    @Override
    public String id() {
        return "fd-limit-below-ports";
    }

    @Override
    public Severity severity() {
        return isReached(connections, limit, NEARLY_ALL_PERCENT) ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public String title() {
        return "%s may open %d files and has %d outgoing connections"
                .formatted(Words.who(process), limit.soft(), connections);
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "Each connection takes one of the %d descriptors of its soft limit; what else it has open comes on top."
                        .formatted(limit.soft()),
                "At the limit its next socket fails with EMFILE (Too many open files), however many local ports are left.");
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        long wanted = Math.max(ENOUGH, 2 * limit.soft());
        boolean mayRaise = limit.hard() > limit.soft();
        String raised = mayRaise ? Math.min(limit.hard(), wanted) + ":" : String.valueOf(wanted);
        String unit = OwnService.of(process);
        Fix atStart = new Fix(
                "raise-file-limit",
                unit == null
                        ? "start it with a higher limit: ulimit -n %d in the shell or script that starts it"
                                .formatted(wanted)
                        : "put LimitNOFILE=%d below [Service] of its unit, and restart it".formatted(wanted),
                unit == null ? null : "systemctl edit " + EndHolder.quoted(unit),
                Fix.Risk.LOW,
                true);
        Fix now = new Fix(
                "raise-file-limit-now",
                "raise the limit of the running process until it ends%s; one that waits with select(2) cannot use more than 1024"
                        .formatted(mayRaise ? "" : ", which takes CAP_SYS_RESOURCE, as its hard limit is no higher"),
                "prlimit --pid %d --nofile=%s".formatted(process.pid(), raised),
                Fix.Risk.LOW,
                false);
        return List.of(atStart, now);
    }
}

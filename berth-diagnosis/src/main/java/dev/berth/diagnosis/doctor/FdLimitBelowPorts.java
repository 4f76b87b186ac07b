package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.OwnService;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.function.Consumer;

/**
 * A process runs out of descriptors before it runs out of ports.
 *
 * @param connections its outgoing ones; whatever else it has open is not counted
 * @param limit how many descriptors it may have open
 */
record FdLimitBelowPorts(ProcessInfo process, int connections, long limit) implements Finding {
    private static final int NOTED_PERCENT = 50;
    private static final int NEARLY_ALL_PERCENT = 80;

    private static final long ENOUGH = 65_536; // as many as there are ports
    private static final long MOST = 1_048_576; // fs.nr_open as Linux sets it

    static void find(Examined host, Consumer<Finding> found) {
        for (BusyClient client : host.busyClients()) {
            client.openFilesLimit().ifPresent(limit -> {
                if (client.connections() * 100L >= limit * NOTED_PERCENT) {
                    found.accept(new FdLimitBelowPorts(client.process(), client.connections(), limit));
                }
            });
        }
    }

    @Override
    public String id() {
        return "fd-limit-below-ports";
    }

    @Override
    public Severity severity() {
        return connections * 100L >= limit * NEARLY_ALL_PERCENT ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public String title() {
        return "%s may open %d files and has %d outgoing connections".formatted(Words.who(process), limit, connections);
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "Each connection takes one of the %d descriptors of its soft limit; what else it has open comes on top."
                        .formatted(limit),
                "At the limit its next socket fails with EMFILE (Too many open files), however many local ports are left.");
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        long wanted = limit < ENOUGH ? ENOUGH : Math.max(limit, MOST);
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
                "raise the limit of the running process until it ends; one that waits with select(2) cannot use more than 1024",
                "prlimit --pid %d --nofile=%d".formatted(process.pid(), wanted),
                Fix.Risk.LOW,
                false);
        return List.of(atStart, now);
    }
}

package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.survey.CloseWait;
import dev.berth.net.PortSet;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process keeps connections whose peers have closed.
 *
 * @param process null where the owners are not known: then the sockets may be those of several processes
 */
record CloseWaitLeak(@Nullable ProcessInfo process, Abandoned sockets) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        PortSet listened = host.listened();
        Map<Integer, List<CloseWait>> byProcess = new TreeMap<>();
        for (CloseWait one : host.further().closeWaits()) {
            if (!ClosedBeforeAccept.isOne(one, listened)) {
                int pid = host.processes().firstPidHolding(one.inode());
                byProcess.computeIfAbsent(pid, _ -> new ArrayList<>()).add(one);
            }
        }
        byProcess.forEach((pid, all) -> {
            Abandoned sockets = Abandoned.of(all, one -> listened.contains(one.localPort()));
            if (sockets != null) {
                found.accept(new CloseWaitLeak(host.processes().of(pid), sockets));
            }
        });
    }

    @Override
    public String id() {
        return "close-wait-leak";
    }

    /** Those of nobody known may be a few of each of many processes, which is no leak. */
    @Override
    public Severity severity() {
        return process != null && sockets.isLasting() ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public String title() {
        return process == null
                ? "%d connections that their peers have closed are kept, and whose they are is not known"
                        .formatted(sockets.connections())
                : "%s keeps %d connections that their peers have closed%s"
                        .formatted(Words.who(process), sockets.connections(), sockets.forHowLong());
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "%d sockets are in CLOSE_WAIT: the peer closed, this side has not.".formatted(sockets.connections()),
                sockets.from(),
                sockets.since());
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(MoreConnections.CLOSE_CONNECTIONS);
        if (process != null) {
            fixes.addAll(EndHolder.restart(process, settings));
        }
        return fixes;
    }
}

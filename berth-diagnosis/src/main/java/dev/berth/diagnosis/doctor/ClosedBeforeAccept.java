package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
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
 * Clients of a server gave up before it accepted their connections.
 *
 * @param listener null where it is not known
 */
record ClosedBeforeAccept(int port, @Nullable ProcessInfo listener, Abandoned waiting) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        PortSet listened = host.listened();
        Map<Integer, List<CloseWait>> byPort = new TreeMap<>();
        for (CloseWait one : host.further().closeWaits()) {
            if (isOne(one, listened)) {
                byPort.computeIfAbsent(one.localPort(), _ -> new ArrayList<>()).add(one);
            }
        }
        byPort.forEach((port, all) -> {
            Abandoned waiting = Abandoned.of(all, _ -> true);
            if (waiting != null) {
                found.accept(new ClosedBeforeAccept(port, host.listener(port), waiting));
            }
        });
    }

    /** A connection has no inode until it is accepted, and none of those in CLOSE_WAIT has lost it since. */
    static boolean isOne(CloseWait connection, PortSet listened) {
        return connection.inode() == 0 && listened.contains(connection.localPort());
    }

    @Override
    public String id() {
        return "closed-before-accept";
    }

    @Override
    public Severity severity() {
        return waiting.isLasting() ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public String title() {
        return "The server of port %d%s has not accepted %d connections that their clients have closed already%s"
                .formatted(
                        port,
                        listener == null ? "" : ", " + Words.who(listener) + ",",
                        waiting.connections(),
                        waiting.forHowLong());
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "%d connections on port %d are in CLOSE_WAIT and belong to no process yet: they wait to be accepted."
                        .formatted(waiting.connections(), port),
                waiting.from(),
                waiting.since());
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(new Fix(
                "accept-connections",
                "see why the program does not accept: its accepting thread is busy or waits for something, the process is "
                        + "stopped, or accept fails with EMFILE at its limit of open files",
                null,
                Fix.Risk.NONE,
                true));
        if (listener != null) {
            fixes.addAll(EndHolder.restart(listener, settings));
        }
        return fixes;
    }
}

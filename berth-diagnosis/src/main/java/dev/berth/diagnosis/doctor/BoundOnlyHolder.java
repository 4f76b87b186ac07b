package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.FreeLine;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.Endpoint;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket holds a port without listening or being connected.
 *
 * @param process null where the owner is not known
 */
record BoundOnlyHolder(Endpoint local, @Nullable ProcessInfo process) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        for (Survey.Sighting socket : host.survey().boundOnly()) {
            found.accept(new BoundOnlyHolder(socket.local(), host.processes().firstHolding(socket.inode())));
        }
    }

    @Override
    public String id() {
        return "bound-only-holder";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public String title() {
        return "%s holds %s without listening or connecting".formatted(Words.who(process), local);
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "A server cannot bind port %d on that address.".formatted(local.port()),
                "No outgoing connection is given the port, whatever its destination.");
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(new Fix(
                "release-port",
                "let the program close the socket, or choose the port only when it connects ("
                        + (settings.ofWindows() ? "connect without bind" : "IP_BIND_ADDRESS_NO_PORT") + ")",
                null,
                Fix.Risk.NONE,
                true));
        if (process != null) {
            fixes.addAll(EndHolder.stop(FreeLine.of(local, settings), process));
        }
        return fixes;
    }
}

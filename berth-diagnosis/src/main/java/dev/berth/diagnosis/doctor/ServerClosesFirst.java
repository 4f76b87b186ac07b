package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server keeps thousands of TIME_WAITs, because it closes its connections first. It costs no dynamic port, unlike the
 * {@link ConnectionChurn} of a client, and is told so that nobody takes it for that.
 *
 * @param process who listens; null where that is not known
 */
record ServerClosesFirst(int port, int timeWait, @Nullable ProcessInfo process) implements Finding {
    private static final int SECONDS_OF_TIME_WAIT = 60; // TCP_TIMEWAIT_LEN, a constant of the kernel

    /** A hundred closes a second: fewer are what a server does by day, and nobody asks what its TIME_WAITs are. */
    private static final int FEWEST = 100 * SECONDS_OF_TIME_WAIT;

    static void find(Examined host, Consumer<Finding> found) {
        Survey survey = host.survey();
        survey.listenerPorts()
                .ports()
                .filter(port -> survey.servedTimeWaits(port) >= FEWEST)
                .forEach(port ->
                        found.accept(new ServerClosesFirst(port, survey.servedTimeWaits(port), listener(host, port))));
    }

    private static @Nullable ProcessInfo listener(Examined host, int port) {
        for (Survey.Sighting listener : host.survey().listeners()) {
            if (listener.local().port() == port) {
                return host.processes().firstHolding(listener.inode());
            }
        }
        return null;
    }

    @Override
    public String id() {
        return "server-closes-first";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public String title() {
        return "The server of port %d%s closes %d connections per second first; their %d TIME_WAITs cost no dynamic port"
                .formatted(
                        port,
                        process == null ? "" : ", " + Words.who(process) + ",",
                        timeWait / SECONDS_OF_TIME_WAIT,
                        timeWait);
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "%d connections that came in on port %d are in TIME_WAIT, which only the side gets that closes first."
                        .formatted(timeWait, port),
                "A server started anew without SO_REUSEADDR, or after one without it, cannot bind the port while they last.");
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        return List.of(new Fix(
                "keep-alive-longer",
                "if these clients come back, keep their connections open for longer, and for more requests; else nothing is to "
                        + "be done",
                null,
                Fix.Risk.NONE,
                true));
    }
}

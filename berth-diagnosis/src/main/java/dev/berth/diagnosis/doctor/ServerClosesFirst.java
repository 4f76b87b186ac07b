package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.forecast.LastMinute;
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
    /** A hundred closes for each second of the minute: nobody asks what fewer are. */
    private static final int FEWEST = 100 * LastMinute.SECONDS;

    static void find(Examined host, Consumer<Finding> found) {
        Survey survey = host.survey();
        survey.listenerPorts()
                .ports()
                .filter(port -> survey.servedTimeWaits(port) >= FEWEST)
                .forEach(port ->
                        found.accept(new ServerClosesFirst(port, survey.servedTimeWaits(port), host.listener(port))));
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
        return "The server of port %d%s closed %d connections first in the last minute; their TIME_WAITs cost no dynamic port"
                .formatted(port, process == null ? "" : ", " + Words.who(process) + ",", timeWait);
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

package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Connections to a destination do not last: this side closes one after the other, and each keeps its port for a minute.
 *
 * @param closesPerSecond {@link Destination#churn}
 * @param others how many more destinations are told nothing of, because they cost less
 * @param takenOverAfterMillis how old a TIME_WAIT must be for a new connection to take it over
 */
record ConnectionChurn(Destination destination, double closesPerSecond, int others, int takenOverAfterMillis)
        implements Finding {
    /**
     * A close a second all minute long is no program that starts or ends, but one that opens a connection for each call;
     * sixty TIME_WAITs are that minute.
     */
    private static final double LEAST_PER_SECOND = 1;

    private static final int FEWEST = 60;

    /** Half of the ports for TIME_WAIT alone is where connects start to look for long: half of the range is tried first. */
    private static final double COSTLY_SHARE = 0.5;

    static void find(Examined host, Consumer<Finding> found) {
        int takenOverAfterMillis = Recycling.of(host.settings()).delayMillis();
        var cheap = new ArrayList<ConnectionChurn>();
        for (Destination one : host.destinations()) {
            Double rate = one.churn();
            if (rate != null && rate >= LEAST_PER_SECOND && one.timeWait() >= FEWEST) {
                var churn = new ConnectionChurn(one, rate, 0, takenOverAfterMillis);
                if (churn.severity() == Severity.INFO) {
                    cheap.add(churn);
                } else {
                    found.accept(churn);
                }
            }
        }
        if (!cheap.isEmpty()) { // a proxy may have hundreds of such destinations
            ConnectionChurn busiest = cheap.getFirst();
            for (ConnectionChurn other : cheap) {
                busiest = other.closesPerSecond > busiest.closesPerSecond ? other : busiest;
            }
            found.accept(new ConnectionChurn(
                    busiest.destination, busiest.closesPerSecond, cheap.size() - 1, takenOverAfterMillis));
        }
    }

    @Override
    public String id() {
        return "connection-churn";
    }

    @Override
    public Severity severity() {
        Integer capacity = destination.capacity();
        return capacity != null && closesPerSecond * secondsKept() >= capacity * COSTLY_SHARE
                ? Severity.WARNING
                : Severity.INFO;
    }

    /** For how long each close keeps its port. */
    private double secondsKept() {
        return destination.takesOver() ? takenOverAfterMillis / 1000.0 : LastMinute.SECONDS;
    }

    @Override
    public String title() {
        String title = String.format(
                Locale.ROOT,
                destination.isChurning()
                        ? "This side closes %s%.1f connections per second to %s"
                        : "This side closed %s%.1f connections per second to %s over the last minute",
                destination.closesLeftNoTrace() ? "at least " : "",
                closesPerSecond,
                destination.destination());
        return others == 0
                ? title
                : title + "; " + others + (others == 1 ? " more destination is" : " more destinations are")
                        + " like it";
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<String>();
        lines.add(
                "%d connections from %s are in TIME_WAIT%s: each was closed here within the last minute, and keeps its port."
                        .formatted(
                                destination.timeWait(),
                                destination.source(),
                                destination.capacity() == null
                                        ? ""
                                        : ", of at most " + destination.capacity() + " at once"));
        lines.add(
                destination.processes().isEmpty()
                        ? "Which process closes is not known: TIME_WAIT has no owner, and no process is known to be connected there."
                        : "Which process closes is not known: TIME_WAIT has no owner. Connected there now: "
                                + destination.processes().stream()
                                        .map(share -> Words.who(share.process()) + ": " + share.connections())
                                        .collect(Collectors.joining(", "))
                                + ".");
        lines.add("Two likely reasons: keep-alive is off, so that each call has a connection of its own; or each call "
                + "authenticates anew, and the client closes the connection with it.");
        if (destination.takesOver()) {
            lines.add(takingOver());
        }
        return List.copyOf(lines);
    }

    private String takingOver() {
        String when =
                "A new connection may take over such an entry after %d ms (tcp_tw_reuse), if the peer uses TCP timestamps"
                        .formatted(takenOverAfterMillis);
        Integer capacity = destination.capacity();
        return capacity == null || takenOverAfterMillis == 0
                ? when + "."
                : "%s: the ports then last for %.0f connections per second, else for %s."
                        .formatted(
                                when,
                                capacity / secondsKept(),
                                Words.sustained((double) capacity / LastMinute.LONGEST_SECONDS));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(MoreConnections.REUSE_CONNECTIONS);
        fixes.add(MoreConnections.LET_SERVER_CLOSE);
        if (severity() == Severity.WARNING) {
            fixes.add(MoreConnections.MORE_ENDPOINTS);
            Fix takeOver = MoreConnections.takeOver(settings);
            if (takeOver != null) {
                fixes.add(takeOver);
            }
        }
        return fixes;
    }
}

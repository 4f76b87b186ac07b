package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.platform.ProcessInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says findings in plain text. Names of processes are left as they are: whoever prints them escapes them. */
public final class Wording {
    private Wording() {}

    /** One line without a full stop. */
    public static String title(Finding finding) {
        return switch (finding) {
            case Finding.ListenerInDynamicRange(int port, var protocol, var _) ->
                "%s port %d has a listener and lies in the dynamic range"
                        .formatted(protocol.label().toUpperCase(Locale.ROOT), port);
            case Finding.ReservationNotPersistent(var ports) ->
                "%s reserved until the next restart only"
                        .formatted(ports.size() == 1 ? "Port " + ports + " is" : "Ports " + ports + " are");
            case Finding.PersistentNotActive(String setting, var _, var _, var _) ->
                setting + " is not what its file says";
            case Finding.RangeEndsSameParity(var range) ->
                "The dynamic range %s has ends of the same parity".formatted(range);
            case Finding.CloseWaitLeak(var process, int sockets, var _) ->
                process == null
                        ? "%d connections that their peers have closed are kept, and whose they are is not known"
                                .formatted(sockets)
                        : "%s keeps %d connections that their peers have closed".formatted(who(process), sockets);
            case Finding.TupleSpacePastCliff(Destination destination) ->
                "Connects from %s to %s become slow: the ports tried first are %s used"
                        .formatted(
                                destination.source(),
                                destination.destination(),
                                percent(destination.preferredHalfUsedPercent()));
            case Finding.TupleSpaceExhausted(Destination destination) ->
                "%s local port is left from %s to %s"
                        .formatted(
                                left(destination) > 0 ? "Nearly no" : "No",
                                destination.source(),
                                destination.destination());
            case Finding.BoundOnlyHolder(Endpoint local, var process) ->
                "%s holds %s without listening or connecting".formatted(who(process), local);
            case Finding.SelfConnect(Endpoint endpoint, var process) ->
                "%s is connected to itself on %s".formatted(who(process), endpoint);
        };
    }

    /** What was seen, a line for each fact, each a sentence. */
    public static List<String> evidence(Finding finding) {
        return switch (finding) {
            case Finding.ListenerInDynamicRange(int port, var _, var processes) ->
                List.of(
                        processes.isEmpty()
                                ? "The process that listens is not known."
                                : "%s %s there."
                                        .formatted(
                                                processes.stream()
                                                        .map(Wording::who)
                                                        .collect(Collectors.joining(", ")),
                                                processes.size() == 1 ? "listens" : "listen"),
                        "Port %d is not reserved, so while its server is down an outgoing connection may be given it."
                                .formatted(port));
            case Finding.ReservationNotPersistent(var ports) ->
                List.of("The kernel passes over %s now, and no sysctl file says so.".formatted(ports));
            case Finding.PersistentNotActive(var _, String persistent, String source, String running) ->
                List.of(
                        "%s sets %s.".formatted(source, quoted(persistent)),
                        "The kernel runs with %s.".formatted(quoted(running)));
            case Finding.RangeEndsSameParity(var range) ->
                List.of("Linux shares ports out by parity, and %d to %d has one more of %s ports than of the others."
                        .formatted(range.first(), range.last(), (range.first() & 1) == 0 ? "even" : "odd"));
            case Finding.CloseWaitLeak(var _, int sockets, Endpoint busiest) ->
                List.of(
                        "%d sockets are in CLOSE_WAIT: the peer closed, this side has not.".formatted(sockets),
                        "Most of them were connected with %s."
                                .formatted(busiest.port() == 0 ? busiest.address() : busiest),
                        "One look cannot tell for how long; a second one that shows as many settles it.");
            case Finding.TupleSpacePastCliff(Destination destination) -> {
                var lines = new ArrayList<>(use(destination));
                lines.add("Once those ports are used up, every connect scans half the range before it finds one.");
                yield List.copyOf(lines);
            }
            case Finding.TupleSpaceExhausted(Destination destination) -> {
                var lines = new ArrayList<>(use(destination));
                int left = left(destination);
                lines.add(
                        left > 0
                                ? "At most %d more can be connected before connects fail with EADDRNOTAVAIL; other destinations are not affected."
                                        .formatted(left)
                                : destination.timeWait() == 0
                                        ? "Connects fail with EADDRNOTAVAIL; other destinations are not affected."
                                        : "Connects fail with EADDRNOTAVAIL, unless tcp_tw_reuse lets them take over a TIME_WAIT entry; other destinations are not affected.");
                yield List.copyOf(lines);
            }
            case Finding.BoundOnlyHolder(Endpoint local, var _) ->
                List.of(
                        "A server cannot bind port %d on that address.".formatted(local.port()),
                        "No outgoing connection is given the port, whatever its destination.");
            case Finding.SelfConnect(Endpoint endpoint, var _) ->
                List.of(
                        "Both ends of the connection are %s: a client drew the port it was calling."
                                .formatted(endpoint),
                        "The server of port %d cannot bind it while the connection lives.".formatted(endpoint.port()));
        };
    }

    private static int left(Destination destination) {
        Integer capacity = destination.capacity();
        return capacity == null ? 0 : Math.max(0, capacity - destination.inUse());
    }

    private static List<String> use(Destination destination) {
        var lines = new ArrayList<String>();
        lines.add("%d of at most %d ports are in use (%s), %d of them in TIME_WAIT."
                .formatted(
                        destination.inUse(),
                        destination.capacity(),
                        percent(destination.usedPercent()),
                        destination.timeWait()));
        Double closes = destination.closesPerSecond();
        if (closes != null && closes > 0) {
            lines.add(String.format(
                    Locale.ROOT, "This side closed %.1f connections per second over the last minute.", closes));
        }
        if (!destination.processes().isEmpty()) {
            lines.add("The connections belong to "
                    + destination.processes().stream()
                            .map(share -> who(share.process()) + ": " + share.connections())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return lines;
    }

    private static String who(@Nullable ProcessInfo process) {
        return process == null ? "A process that is not known" : process.name() + " (pid " + process.pid() + ")";
    }

    private static String percent(@Nullable Double percent) {
        return percent == null ? "?" : (int) Math.floor(percent) + " %"; // 100 only when it is
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "nothing" : "\"" + value + "\"";
    }
}

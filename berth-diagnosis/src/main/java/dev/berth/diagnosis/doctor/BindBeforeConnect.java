package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.survey.InodePairs;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client binds its sockets before it connects them, so that each connection takes its port from every destination.
 *
 * @param process null where the owners are not known: then the connections may be those of several processes
 * @param how what tells
 * @param connections those that were judged
 * @param ports how many ports they take from every destination
 * @param usable the ports of the dynamic range that are not reserved
 */
record BindBeforeConnect(@Nullable ProcessInfo process, How how, int connections, int ports, int usable)
        implements Finding {
    /**
     * Of twenty connections that connect() placed without a preference (IP_LOCAL_PORT_RANGE), 18 or more are on the other
     * parity once in five thousand times.
     */
    private static final int FEWEST = 20;

    private static final int NEARLY_ALL_PERCENT = 90;

    /** A tenth of the ports closed to all destinations is worth somebody's time; a few are not. */
    private static final int COSTLY_PERCENT = 10;

    private static final Fix LATE = new Fix(
            "choose-port-at-connect",
            "where it chooses a source address, set IP_BIND_ADDRESS_NO_PORT before the bind: connect then chooses the port "
                    + "(Netty's epoll transport has the option, Java's own sockets do not)",
            null,
            Fix.Risk.NONE,
            true);

    private static final Fix RANGE = new Fix(
            "choose-port-in-range",
            "set IP_LOCAL_PORT_RANGE (Linux 6.3 or newer) instead of asking for a number: connect then chooses a port in "
                    + "that range, and shares it",
            null,
            Fix.Risk.NONE,
            true);

    /** What tells that a client binds first. */
    enum How {
        /** The kernel remembers that the ports were asked for. */
        BY_NUMBER,
        /** The ports are those that bind(…, 0) draws, and a socket was seen between bind and connect. */
        DRAWN_AND_SEEN,
        /** The ports are those that bind(…, 0) draws. */
        DRAWN
    }

    static void find(Examined host, Consumer<Finding> found) {
        drawn(host, found);
        byNumber(host, found);
    }

    private static void drawn(Examined host, Consumer<Finding> found) {
        PortRange dynamic = host.tcp().dynamic();
        if (dynamic == null) {
            return;
        }
        for (ClientPorts client : OtherParity.clients(host.survey(), host.tcp(), host.processes(), FEWEST)) {
            int bound = client.onParity(dynamic.first() + 1);
            boolean nearlyAll = bound * 100L >= (long) client.connections() * NEARLY_ALL_PERCENT;
            boolean sharesNone = client.different() == client.connections();
            if (nearlyAll && sharesNone) {
                How how = isSeen(host, client.pid()) ? How.DRAWN_AND_SEEN : How.DRAWN;
                found.accept(new BindBeforeConnect(
                        host.processes().of(client.pid()),
                        how,
                        client.connections(),
                        bound,
                        host.tcp().drawable().size()));
            }
        }
    }

    /** Whether there are enough suspicious connections for a closer look at sockets that are only bound. */
    static boolean isSuspected(Survey survey, PortPolicy policy) {
        return OtherParity.count(survey, policy) >= FEWEST;
    }

    private static boolean isSeen(Examined host, int pid) {
        return pid != 0
                && host.further().drawn().stream()
                        .anyMatch(socket -> host.processes().firstPidHolding(socket.inode()) == pid);
    }

    private static void byNumber(Examined host, Consumer<Finding> found) {
        PortSet usable = host.tcp().drawable();
        InodePairs sockets = host.further().byNumber().sockets();
        var clients = new ClientPorts.Gathering(sockets.size());
        for (int i = 0; i < sockets.size(); i++) {
            if (usable.contains(sockets.number(i))) {
                clients.add(host.processes().firstPidHolding(sockets.inode(i)), sockets.number(i));
            }
        }
        for (ClientPorts client : clients.withAtLeast(FEWEST)) {
            found.accept(new BindBeforeConnect(
                    host.processes().of(client.pid()),
                    How.BY_NUMBER,
                    client.connections(),
                    client.different(),
                    usable.size()));
        }
    }

    @Override
    public String id() {
        return "bind-before-connect";
    }

    /** Nobody is woken for an inference, nor for what may be a few sockets of each of many processes. */
    @Override
    public Severity severity() {
        boolean costly = ports * 100L >= (long) usable * COSTLY_PERCENT;
        return costly && how != How.DRAWN && process != null ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public @Nullable Boolean confirmed() {
        return how != How.DRAWN;
    }

    @Override
    public String title() {
        String who = process == null ? "A client whose process is not known" : Words.who(process);
        return (switch (how) {
                    case BY_NUMBER -> "%s asks for its local ports by number, and so takes %d from every destination";
                    case DRAWN_AND_SEEN -> "%s binds before it connects, and so takes %d ports from every destination";
                    case DRAWN ->
                        "%s very likely binds before it connects, and so takes %d ports from every destination";
                })
                .formatted(who, ports);
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<String>();
        switch (how) {
            case BY_NUMBER ->
                lines.add(
                        "%d of its connections have a port of the dynamic range that it asked for; the kernel remembers it."
                                .formatted(connections));
            case DRAWN_AND_SEEN -> {
                lines.add(parity());
                lines.add("One of its sockets was seen bound to a port that the system chose, and not connected.");
            }
            case DRAWN -> {
                lines.add(parity());
                lines.add("That is an inference: none of its sockets was seen between bind and connect.");
            }
        }
        lines.add(
                "Linux gives such a port to no other outgoing connection, whatever its destination; %d of %d are spent so."
                        .formatted(ports, usable));
        return List.copyOf(lines);
    }

    private String parity() {
        return "%d of its %d outgoing connections are on ports that bind gives out and connect would not have, and no two share one."
                .formatted(ports, connections);
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        Fix leaveOut = new Fix(
                "do-not-bind",
                "do not bind a client's socket at all where any source address will do: connect then shares ports between "
                        + "destinations",
                null,
                Fix.Risk.NONE,
                true);
        return List.of(leaveOut, how == How.BY_NUMBER ? RANGE : LATE);
    }
}

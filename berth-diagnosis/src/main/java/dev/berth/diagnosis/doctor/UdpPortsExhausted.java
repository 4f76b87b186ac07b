package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.survey.InodePairs;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Nearly every UDP port of the dynamic range is in use. UDP shares none between destinations.
 *
 * @param used ports of the dynamic range with a UDP socket at any address
 * @param capacity ports of the dynamic range that are not reserved
 * @param processes who holds the sockets, with most first
 * @param taken every port that a UDP socket or a TCP listener is on
 */
record UdpPortsExhausted(int used, int capacity, List<Destination.Share> processes, PortSet taken) implements Finding {
    private static final int NEARLY_ALL_PERCENT = 90;
    private static final int NAMED = 5;

    static void find(Examined host, Consumer<Finding> found) {
        PortSet drawable = host.settings().policy(Protocol.UDP).drawable();
        PortSet used = host.further().udp().ports().intersect(drawable);
        if (isCrowded(used.size(), drawable.size())) {
            PortSet taken = host.further().udp().ports().plus(host.survey().listenerPorts());
            found.accept(new UdpPortsExhausted(used.size(), drawable.size(), shares(host, drawable), taken));
        }
    }

    /** Whether so few ports are left that who holds them matters. */
    static boolean isCrowded(int used, int capacity) {
        return capacity > 0 && used * 100L >= (long) capacity * NEARLY_ALL_PERCENT;
    }

    private static List<Destination.Share> shares(Examined host, PortSet drawable) {
        InodePairs sockets = host.further().udp().sockets();
        var onDrawable = new InodePairs();
        for (int i = 0; i < sockets.size(); i++) {
            if (drawable.contains(sockets.number(i))) {
                onDrawable.add(sockets.inode(i), 0);
            }
        }
        List<Destination.Share> shares =
                Shares.of(onDrawable, 1, host.processes()).getFirst();
        return shares.subList(0, Math.min(NAMED, shares.size()));
    }

    @Override
    public String id() {
        return "udp-ports-exhausted";
    }

    @Override
    public Severity severity() {
        return Exhaustion.exhausted(capacity - used, capacity) ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public String title() {
        return "%d of the %d UDP ports that the system can choose are in use".formatted(used, capacity);
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "UDP shares no port between destinations: each socket has one for itself.",
                processes.isEmpty()
                        ? "Whose sockets they are is not known."
                        : "Most sockets on them belong to "
                                + processes.stream()
                                        .map(share -> Words.who(share.process()) + ": " + share.connections())
                                        .collect(Collectors.joining(", "))
                                + ".",
                "With none left, a bind of every address to port 0 fails with EADDRINUSE, and connect or sendto of a socket that "
                        + "is not bound with EAGAIN.");
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(new Fix(
                "share-udp-socket",
                "use few sockets for many peers: one socket that is not connected can send to all of them; close those "
                        + "that wait for an answer no longer",
                null,
                Fix.Risk.NONE,
                true));
        Fix wider = MoreConnections.widerRange(settings, taken);
        if (wider != null) {
            fixes.add(wider);
        }
        return fixes;
    }
}

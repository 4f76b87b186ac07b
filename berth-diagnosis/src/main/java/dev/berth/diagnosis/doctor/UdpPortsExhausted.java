package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.survey.InodePairs;
import dev.berth.diagnosis.survey.PortHolders;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Nearly every UDP port of the dynamic range is in use. UDP shares none between destinations. A bind of [::] needs a port that
 * nobody has, for it takes the port from IPv4 too; a bind of 0.0.0.0 passes over IPv6 sockets that leave IPv4 alone.
 *
 * @param used ports of the dynamic range with a UDP socket at any address
 * @param usedForIpv4 those of them that a bind of 0.0.0.0 does not get
 * @param capacity ports of the dynamic range that are not reserved
 * @param processes who holds the sockets, with most first
 * @param taken every port that a UDP socket or a TCP listener is on
 * @param onWindows whether the host is a Windows
 */
record UdpPortsExhausted(
        int used, int usedForIpv4, int capacity, List<Destination.Share> processes, PortSet taken, boolean onWindows)
        implements Finding {
    private static final int NEARLY_ALL_PERCENT = 90;
    private static final int NAMED = 5;

    static final Fix SHARE_SOCKETS = new Fix(
            "share-udp-socket",
            "use few sockets for many peers: one socket that is not connected can send to all of them; close those "
                    + "that wait for an answer no longer",
            null,
            Fix.Risk.NONE,
            true);

    static void find(Examined host, Consumer<Finding> found) {
        PortSet drawable = host.settings().policy(Protocol.UDP).drawable();
        PortHolders udp = host.further().udp();
        int used = udp.ports().intersect(drawable).size();
        if (isCrowded(used, drawable.size())) {
            int usedForIpv4 = udp.portsOfIpv4().intersect(drawable).size();
            PortSet taken = udp.ports().plus(host.survey().listenerPorts());
            found.accept(new UdpPortsExhausted(
                    used,
                    usedForIpv4,
                    drawable.size(),
                    shares(host, drawable),
                    taken,
                    host.settings().ofWindows()));
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
        String all = "%d of the %d UDP ports that the system can choose are in use".formatted(used, capacity);
        return usedForIpv4 == used ? all : "%s for IPv6, %d of them for IPv4 as well".formatted(all, usedForIpv4);
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
                onWindows
                        ? "With none left, whatever needs a port that the system chooses fails with WSAENOBUFS (10055)."
                        : isCrowded(usedForIpv4, capacity)
                                ? "With none left, a bind of every address to port 0 fails with EADDRINUSE, and connect or sendto of "
                                        + "a socket that is not bound with EAGAIN."
                                : ("With none left, a bind of [::] to port 0 fails with EADDRINUSE, and connect or sendto of an IPv6 "
                                                + "socket that is not bound with EAGAIN; IPv4 sockets have %d ports left.")
                                        .formatted(capacity - usedForIpv4));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        var fixes = new ArrayList<Fix>();
        fixes.add(SHARE_SOCKETS);
        Fix wider = MoreConnections.widerRange(settings, taken);
        if (wider != null) {
            fixes.add(wider);
        }
        return fixes;
    }
}

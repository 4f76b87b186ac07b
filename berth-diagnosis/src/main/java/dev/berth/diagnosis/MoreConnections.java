package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What gives clients more local ports, or spends fewer of them. In the order of their safety. */
public final class MoreConnections {
    static final String WIDEN_RANGE = "widen-range";

    /** From well above the system ports, and with ends of different parity, so that both halves are as large. */
    private static final PortRange WIDE = new PortRange(10_240, PortRange.ALL.last());

    public static final Fix REUSE_CONNECTIONS = new Fix(
            "reuse-connections",
            "keep connections open and use them again: keep-alive, a pool, HTTP/2",
            null,
            Fix.Risk.LOW,
            true);

    /** For a program that keeps what its peers have closed: it spends a port on each for good. */
    public static final Fix CLOSE_CONNECTIONS = new Fix(
            "close-connections",
            "correct the program: it must close a connection when reading from it ends; no setting of the system does "
                    + "it instead",
            null,
            Fix.Risk.NONE,
            true);

    public static final Fix LET_SERVER_CLOSE = new Fix(
            "let-server-close",
            "where the protocol allows it, let the server close first: the TIME_WAIT is then on its side and costs no port here",
            null,
            Fix.Risk.LOW,
            true);

    private static final Fix NO_PARITY = new Fix(
            "drop-parity-preference",
            "set IP_LOCAL_PORT_RANGE to the whole range on the client's sockets: connects then try every port alike "
                    + "(Linux 6.8 or newer)",
            null,
            Fix.Risk.LOW,
            true);

    public static final Fix MORE_ENDPOINTS = new Fix(
            "add-endpoints",
            "spread the connections over more source addresses, or more addresses or ports of the destination",
            null,
            Fix.Risk.LOW,
            true);

    private MoreConnections() {}

    /**
     * Everything that helps a client which has too few local ports, safest first.
     *
     * @param listened ports with a listener
     * @param slow whether connects are slow rather than failing
     * @param inTimeWait whether there are ports in TIME_WAIT that the settings keep connections from taking over
     */
    public static List<Fix> ladder(Settings settings, PortSet listened, boolean slow, boolean inTimeWait) {
        var fixes = new ArrayList<Fix>();
        fixes.add(REUSE_CONNECTIONS);
        if (inTimeWait) {
            fixes.add(LET_SERVER_CLOSE);
        }
        if (slow) {
            fixes.add(NO_PARITY);
        }
        fixes.add(MORE_ENDPOINTS);
        Fix wider = widerRange(settings, listened);
        if (wider != null) {
            fixes.add(wider);
        }
        Fix takeOver = inTimeWait ? takeOver(settings) : null;
        if (takeOver != null) {
            fixes.add(takeOver);
        }
        return fixes;
    }

    /**
     * Draws from a wider range of user ports, whose ends are of different parity; null where it is that wide. Servers' ports in
     * it are reserved first, or a client would be given them while their servers are down.
     *
     * @param listened ports with a listener
     */
    public static @Nullable Fix widerRange(Settings settings, PortSet listened) {
        PortPolicy policy = settings.policy(Protocol.TCP);
        PortRange now = policy.dynamic();
        if (now == null) {
            return null;
        }
        if (settings.ofWindows()) {
            return widerOnWindows(settings, now);
        }
        int first = Math.max(Math.min(now.first(), WIDE.first()), FirstUnprivileged.DEFAULT);
        var wide = new PortRange(first, (first & 1) == 0 ? WIDE.last() : WIDE.last() - 1);
        if (wide.size() <= now.size()) {
            return null;
        }
        PortSet added = PortSet.of(wide).minus(PortSet.of(now)).minus(policy.reserved());
        return Fix.until(
                WIDEN_RANGE,
                ("draw from %s until the next restart, up to %d ports more; what servers listen on there, what files configure "
                                + "for them and a Kubernetes node's services (30000-32767) are reserved first")
                        .formatted(wide, added.minus(listened).size()),
                Fix.Risk.MEDIUM,
                new Aim.Draw(wide));
    }

    /** Where something puts its blocks in the range, that had better stay high. */
    private static @Nullable Fix widerOnWindows(Settings settings, PortRange now) {
        return !BlockMakers.running(settings).isEmpty() || now.size() >= WIDE.size()
                ? null
                : Fix.lasting(
                        WIDEN_RANGE,
                        ("draw from %s, at once and over restarts; what servers listen on there is excluded first, as far as nobody "
                                        + "holds it now, and doctor names the rest. Microsoft calls a wider range a measure until the cause is found")
                                .formatted(WIDE),
                        Fix.Risk.MEDIUM,
                        new Aim.Draw(WIDE));
    }

    /** Lets clients take over TIME_WAITs; null where they may, or where it would not help. */
    public static @Nullable Fix takeOver(Settings settings) {
        Recycling recycling = Recycling.of(settings);
        if (!recycling.couldHelp()) {
            return null;
        }
        return Fix.until(
                "reuse-time-wait",
                ("let outgoing connections take over TIME_WAITs older than %d ms, until the next restart; it works where the "
                                + "old connection used TCP timestamps, and a middlebox that rewrites them may drop such "
                                + "a connection")
                        .formatted(recycling.delayMillis()),
                Fix.Risk.MEDIUM,
                new Aim.Assign(Recycling.SETTING, "1"));
    }
}

package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.Advice;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.Seconds;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.PortPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What gives a client local ports again, or its connects their speed: safest first. */
final class ConnectWaysOut {
    /** From well above the system ports, and with ends of different parity, so that both halves are as large. */
    private static final PortRange WIDE = new PortRange(10_240, PortRange.ALL.last());

    private ConnectWaysOut() {}

    static List<Fix> of(ConnectFacts facts, ConnectVerdict verdict, List<ConnectSpace> spaces) {
        LocalPort localPort = facts.localPort();
        if (localPort == null) {
            return morePorts(facts, verdict, spaces);
        }
        var fixes = new ArrayList<Fix>();
        boolean slow = verdict == ConnectVerdict.PAST_CLIFF;
        if (localPort.attempts().getFirst().outcome() != LocalPort.Outcome.SUCCEEDS) {
            if (localPort.attempts().getLast().outcome() == LocalPort.Outcome.SUCCEEDS) {
                fixes.add(new Fix(
                        "set-reuse-address",
                        "set SO_REUSEADDR on the client's socket before the bind: the sockets on the port have set it",
                        null,
                        Fix.Risk.LOW,
                        true));
            }
            if (slow || verdict == ConnectVerdict.CONNECTABLE) {
                fixes.add(new Fix(
                        "let-system-choose",
                        "do not bind a port, and the system chooses one that is free" + (slow ? ", slowly" : ""),
                        null,
                        Fix.Risk.NONE,
                        true));
            } else {
                fixes.addAll(morePorts(facts, verdict, spaces));
            }
        }
        return fixes;
    }

    private static List<Fix> morePorts(ConnectFacts facts, ConnectVerdict verdict, List<ConnectSpace> spaces) {
        if (verdict != ConnectVerdict.EXHAUSTED && verdict != ConnectVerdict.PAST_CLIFF) {
            return List.of();
        }
        var fixes = new ArrayList<Fix>();
        if (verdict == ConnectVerdict.EXHAUSTED) {
            addIfAny(fixes, waitFor(spaces));
        }
        fixes.add(Advice.REUSE_CONNECTIONS);
        if (verdict == ConnectVerdict.PAST_CLIFF) {
            fixes.add(Advice.noParity());
        }
        addIfAny(fixes, takeOver(facts, spaces));
        addIfAny(fixes, widen(facts));
        fixes.add(Advice.MORE_ENDPOINTS);
        return fixes;
    }

    private static void addIfAny(List<Fix> fixes, @Nullable Fix fix) {
        if (fix != null) {
            fixes.add(fix);
        }
    }

    private static @Nullable Fix waitFor(List<ConnectSpace> spaces) {
        var next = spaces.stream()
                .map(ConnectSpace::nextExpiryMillis)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .min();
        if (next.isEmpty()) {
            return null;
        }
        int soon = spaces.stream().mapToInt(ConnectSpace::expiringSoon).sum();
        return new Fix(
                "wait-time-wait",
                "wait %d s: then the next TIME_WAIT ends%s (the kernel's timer may take 2 s more)"
                        .formatted(
                                Seconds.roundedUp(next.getAsInt()),
                                soon == 0 ? "" : ", and %d within %d s".formatted(soon, ConnectSurvey.SOON_SECONDS)),
                null,
                Fix.Risk.NONE,
                false);
    }

    private static @Nullable Fix takeOver(ConnectFacts facts, List<ConnectSpace> spaces) {
        Recycling recycling = Recycling.of(facts.settings());
        IpAddress destination = facts.survey().destination().address();
        boolean more = spaces.stream()
                .anyMatch(space -> space.count(TcpState.TIME_WAIT) > space.recyclable()
                        && !recycling.allowed(space.source(), destination));
        if (!more || !recycling.couldHelp()) {
            return null;
        }
        return new Fix(
                "reuse-time-wait",
                ("let outgoing connections take over TIME_WAITs older than %d ms, until the next restart; it works where the "
                                + "old connection used TCP timestamps, and a middlebox that rewrites them may drop such "
                                + "a connection")
                        .formatted(recycling.delayMillis()),
                "sysctl -w " + Recycling.SETTING + "=1",
                Fix.Risk.MEDIUM,
                false);
    }

    /** Listeners in what is added are reserved first, or a client would be given their port while they are down. */
    private static @Nullable Fix widen(ConnectFacts facts) {
        PortPolicy policy = facts.settings().policy(Protocol.TCP);
        PortRange now = policy.dynamic();
        if (now == null || now.first() <= WIDE.first() && now.last() >= WIDE.last()) {
            return null;
        }
        var wide = new PortRange(Math.min(now.first(), WIDE.first()), WIDE.last());
        PortSet added = PortSet.of(wide).minus(PortSet.of(now)).minus(policy.reserved());
        PortSet atRisk = added.intersect(facts.survey().listened());
        String range = "sysctl -w 'net.ipv4.ip_local_port_range=%d %d'".formatted(wide.first(), wide.last());
        String reserve = atRisk.isEmpty()
                ? ""
                : Reservation.now(atRisk, facts.settings()).command();
        return new Fix(
                "widen-range",
                ("draw from %s until the next restart, %d ports more%s; reserve the ports of servers that are down as well, "
                                + "and of a Kubernetes node's services (30000-32767)")
                        .formatted(
                                wide,
                                added.size() - atRisk.size(),
                                atRisk.isEmpty()
                                        ? ""
                                        : ", with the ports that listeners have in it reserved (" + atRisk + ")"),
                reserve == null ? null : reserve.isEmpty() ? range : reserve + " && " + range,
                Fix.Risk.MEDIUM,
                false);
    }
}

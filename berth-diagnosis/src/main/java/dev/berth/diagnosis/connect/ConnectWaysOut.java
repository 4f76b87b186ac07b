package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.EndHolder;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.Seconds;
import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What gives a client local ports again, or its connects their speed: safest first. */
final class ConnectWaysOut {
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
            Fix wait = waitFor(spaces);
            if (wait != null) {
                fixes.add(wait);
            }
        }
        spaces.stream()
                .filter(ConnectSpace::isLeaking)
                .findFirst()
                .ifPresent(leaking -> fixes.addAll(stopLeak(leaking, facts)));
        fixes.addAll(MoreConnections.ladder(
                facts.settings(),
                facts.survey().listened(),
                verdict == ConnectVerdict.PAST_CLIFF,
                takeOverWouldHelp(facts, spaces)));
        return fixes;
    }

    private static List<Fix> stopLeak(ConnectSpace leaking, ConnectFacts facts) {
        var fixes = new ArrayList<Fix>();
        fixes.add(MoreConnections.CLOSE_CONNECTIONS);
        leaking.processes().stream()
                .limit(1)
                .forEach(most -> fixes.addAll(EndHolder.restart(most.process(), facts.settings())));
        return fixes;
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

    private static boolean takeOverWouldHelp(ConnectFacts facts, List<ConnectSpace> spaces) {
        Recycling recycling = Recycling.of(facts.settings());
        IpAddress destination = facts.survey().destination().address();
        return spaces.stream()
                .anyMatch(space -> space.count(TcpState.TIME_WAIT) > space.recyclable()
                        && !recycling.allowed(space.source(), destination));
    }
}

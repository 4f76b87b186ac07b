package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.rule.TimeWaitReuse;
import dev.berth.platform.PortPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What gets a port free, or keeps it so: safest first. Commands are Berth's own where it has them. */
final class WaysOut {
    private static final int MOST_CONNECTIONS_TO_DESTROY = 4; // a longer command is no longer surgery

    private static final Fix MOVE_NAT_RULE = new Fix(
            "move-nat-rule",
            "let the rule redirect another port, where it is made: the container engine, kube-proxy or firewall that wrote it "
                    + "writes it again when it is only deleted",
            null,
            Fix.Risk.MEDIUM,
            true);

    private WaysOut() {}

    static List<Fix> of(WhyFacts facts, Judgement judgement) {
        var fixes = new ArrayList<Fix>();
        List<Holder> conflicting = judgement.decider() == null ? List.of() : facts.conflicting();
        switch (judgement.verdict()) {
            case FREE -> fixes.addAll(reserve(facts, conflicting));
            case LISTENER, BOUND_ONLY, CLIENT, TIME_WAIT -> {
                boolean heardElsewhere = judgement.verdict() == Cause.LISTENER && facts.elsewhere() != null;
                if (heardElsewhere) {
                    fixes.add(MOVE_NAT_RULE); // without it neither this listener nor another hears its clients
                }
                if (judgement.verdict() == Cause.TIME_WAIT) {
                    fixes.add(waitFor(conflicting));
                }
                fixes.addAll(reserve(facts, conflicting));
                fixes.addAll(EndHolder.destroy(facts, conflicting, MOST_CONNECTIONS_TO_DESTROY));
                fixes.addAll(EndHolder.stop(facts, conflicting));
                fixes.add(anotherPort(facts));
                if (facts.elsewhere() != null && !heardElsewhere) {
                    fixes.add(MOVE_NAT_RULE);
                }
            }
            case EXCLUDED -> {
                if (facts.linux()) {
                    fixes.add(ServerChange.GRANT_BIND_CAPABILITY);
                } else {
                    fixes.addAll(WindowsWaysOut.fromExclusion(facts));
                }
                fixes.add(anotherPort(facts));
            }
            case BLOCKED_UNSEEN -> {
                if (judgement.addressIsElsewhere()) {
                    fixes.add(ServerChange.chooseLocalAddress(facts.linux()));
                } else {
                    fixes.add(anotherPort(facts));
                }
            }
            case ELSEWHERE -> {
                fixes.add(anotherPort(facts));
                fixes.add(MOVE_NAT_RULE);
            }
        }
        return FixScope.aimed(fixes, facts.settings());
    }

    private static List<Fix> reserve(WhyFacts facts, List<Holder> conflicting) {
        if (!facts.linux()) {
            return WindowsWaysOut.reserve(facts, conflicting);
        }
        PortPolicy policy = facts.settings().policy(facts.protocol());
        return policy.drawable().contains(facts.port())
                ? Reservation.of(PortSet.of(PortRange.of(facts.port())), facts.settings())
                : List.of();
    }

    private static Fix waitFor(List<Holder> conflicting) {
        int longest = conflicting.stream()
                .map(Holder::expiresInMillis)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(TimeWaitReuse.LENGTH_MILLIS);
        return new Fix(
                "wait-time-wait",
                "wait " + Seconds.roundedUp(longest) + " s (the kernel's timer may take 2 s more)",
                null,
                Fix.Risk.NONE,
                false);
    }

    private static Fix anotherPort(WhyFacts facts) {
        String command = "berth suggest --near " + facts.port()
                + (facts.protocol() == Protocol.UDP ? " --protocol udp" : "")
                + (facts.address().isAny() ? "" : " --address " + facts.address());
        return new Fix(
                "choose-another-port",
                "let the server listen on another port; this names one that is safe",
                command,
                Fix.Risk.NONE,
                true);
    }
}

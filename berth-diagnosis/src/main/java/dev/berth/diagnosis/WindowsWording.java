package dev.berth.diagnosis;

import dev.berth.net.Protocol;
import dev.berth.net.rule.Clause;
import dev.berth.platform.ExcludedRange;

/** The sentences of {@link Reasoning} that are about Windows alone. */
final class WindowsWording {
    /** NET_Bind of the JDK, src/java.base/windows/native/libnet/net_util_md.c, rewrites WSAEACCES to WSAEADDRINUSE. */
    private static final String JAVA_HIDES_IT =
            "Java programs show this refusal (WSAEACCES, 10013) as \"Address already in use: bind\"";

    private WindowsWording() {}

    /** The socket that is in the way, and the clause of the rule that says so. */
    static String held(WhyFacts facts, Holder holder) {
        Clause clause = facts.plan().usual().obstacles().stream()
                .filter(obstacle -> obstacle.holder().equals(holder))
                .findFirst()
                .orElseThrow()
                .clause();
        String does = switch (holder.cause()) {
            case LISTENER -> (facts.protocol() == Protocol.UDP ? " has bound " : " listens on ") + holder.local();
            case BOUND_ONLY -> " has bound " + holder.local() + " without listening or connecting";
            default -> " holds the " + Reasoning.connection(holder);
        };
        String sentence = clause.sentence();
        return Reasoning.who(holder) + does + ": " + sentence.substring(0, sentence.length() - 1)
                + (clause.inferred() ? " (inferred: no page says it of connections)" : "");
    }

    /** A range that the system made. */
    static String excluded(WhyFacts facts, ExcludedRange range) {
        return "Port %d lies in the excluded range %s, which the system keeps from programs, administrators included%s; %s"
                .formatted(
                        facts.port(),
                        range.range(),
                        KnownExclusions.inBrackets(
                                range.range(),
                                facts.settings().policy(facts.protocol()).dynamic()),
                        JAVA_HIDES_IT);
    }

    /** What an administered range does to a port that can be bound. */
    static String administered(ExcludedRange range) {
        return ", and the administered exclusion " + range.range()
                + " keeps it from automatic choice only; Windows containers cannot publish it (HNS takes it for held)";
    }
}

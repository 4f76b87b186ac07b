package dev.berth.diagnosis;

import dev.berth.platform.PortPolicy;
import org.jspecify.annotations.Nullable;

/** Whether the system keeps a port from programs: an excluded range, or a port that only a privileged program may bind. */
final class Privilege {
    private Privilege() {}

    static boolean inExcludedRange(WhyFacts facts) {
        return policy(facts).excluded().stream()
                .anyMatch(excluded -> excluded.range().contains(facts.port()));
    }

    /** Whether only privileged programs may bind the port (ip_unprivileged_port_start); null where unknown. */
    static @Nullable Boolean needed(WhyFacts facts) {
        Integer first = policy(facts).firstUnprivileged();
        return first == null ? null : facts.port() < first;
    }

    private static PortPolicy policy(WhyFacts facts) {
        return facts.settings().policy(facts.protocol());
    }
}

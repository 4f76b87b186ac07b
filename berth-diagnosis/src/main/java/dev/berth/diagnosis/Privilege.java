package dev.berth.diagnosis;

import dev.berth.platform.ExcludedRange;
import org.jspecify.annotations.Nullable;

/** Whether the system keeps a port from programs: an excluded range, or a port that only a privileged program may bind. */
final class Privilege {
    private Privilege() {}

    /** Whether it lies in a range that the system made: an administered one leaves it to whoever asks for it by number. */
    static boolean inExcludedRange(WhyFacts facts) {
        ExcludedRange range = facts.exclusion();
        return range != null && !range.administered();
    }

    /** Whether only privileged programs may bind the port (ip_unprivileged_port_start); null where unknown. */
    static @Nullable Boolean needed(WhyFacts facts) {
        Integer first = facts.settings().policy(facts.protocol()).firstUnprivileged();
        return first == null ? null : facts.port() < first;
    }
}

package dev.berth.linux.nat;

import dev.berth.platform.NatRules.Target;

/** What becomes of traffic that meets a rule. */
sealed interface Verdict {
    /**
     * Another chain of the same table is asked.
     *
     * @param comesBack whether this chain goes on after it: jump, and not goto
     */
    record Call(String chain, boolean comesBack) implements Verdict {}

    /** This chain is left. */
    record Return() implements Verdict {}

    /** No further rule of this hook's chain is asked: accepted, or dropped. */
    record End() implements Verdict {}

    /** Destination NAT. */
    record Send(Target target) implements Verdict {}
}

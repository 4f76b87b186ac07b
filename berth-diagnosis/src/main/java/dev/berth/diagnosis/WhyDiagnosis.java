package dev.berth.diagnosis;

import dev.berth.platform.Gap;
import dev.berth.platform.PortPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says why a port is available or not. */
public final class WhyDiagnosis {
    private WhyDiagnosis() {}

    /**
     * The verdict on one port: what the bind with the platform's usual server setting proved, or, where none was tried,
     * what the bind rule predicts. When it fails, the socket in the way whose cause comes first in {@link Cause} names it.
     */
    public static Explanation explain(WhyFacts facts) {
        Judgement judgement = Judgement.of(facts);
        PortPolicy policy = facts.settings().policy(facts.protocol());
        Boolean inDynamicRange =
                policy.dynamic() == null ? null : policy.dynamic().contains(facts.port());
        Boolean reserved = Reservation.unknown(facts.settings())
                ? null
                : policy.reserved().contains(facts.port()) || Privilege.inExcludedRange(facts);
        Boolean excluded = excluded(facts, judgement);
        return new Explanation(
                facts.port(),
                facts.protocol(),
                facts.address(),
                judgement.verdict(),
                judgement.listenable(),
                decidingFirst(facts.holders(), judgement.decider()),
                facts.holdersComplete(),
                facts.proof(),
                facts.plan(),
                Reasoning.of(facts, judgement),
                inDynamicRange,
                reserved,
                excluded,
                facts.elsewhere(),
                WaysOut.of(facts, judgement),
                gaps(facts, judgement, inDynamicRange, reserved, excluded));
    }

    private static @Nullable Boolean excluded(WhyFacts facts, Judgement judgement) {
        if (Privilege.inExcludedRange(facts) || judgement.verdict() == Cause.EXCLUDED) {
            return true;
        }
        if (!facts.linux()) {
            return !judgement.proven() && Reservation.unknown(facts.settings()) ? null : false;
        }
        if (judgement.proven()) {
            return false;
        }
        Boolean privilegeNeeded = Privilege.needed(facts);
        return privilegeNeeded == null ? null : privilegeNeeded && !facts.host().bindsPrivilegedPorts();
    }

    private static List<Holder> decidingFirst(List<Holder> holders, @Nullable Holder decider) {
        if (decider == null) {
            return holders;
        }
        var ordered = new ArrayList<>(holders);
        ordered.remove(decider);
        ordered.addFirst(decider);
        return ordered;
    }

    private static List<Gap> gaps(
            WhyFacts facts,
            Judgement judgement,
            @Nullable Boolean inDynamicRange,
            @Nullable Boolean reserved,
            @Nullable Boolean excluded) {
        var gaps = new ArrayList<>(facts.gaps());
        if (facts.linux() && judgement.verdict() == Cause.FREE && !facts.natLooked()) {
            gaps.add(new Gap("NAT rules", "not looked at: one may send this port's traffic elsewhere"));
        }
        if (judgement.verdict() != Cause.BLOCKED_UNSEEN) {
            gaps.addAll(Deviations.of(facts));
        } else if (!judgement.addressIsElsewhere()) {
            gaps.add(new Gap(
                    "what refuses the bind",
                    facts.linux()
                            ? "not looked at: security modules, BPF programs on bind, sockets of other kinds, and sockets "
                                    + "that this system does not show"
                            : "not in any table of Windows: ports taken for WSL's mirrored networking, reservations of "
                                    + "drivers, and where no table of bound sockets is shown, those"));
        }
        if (inDynamicRange == null) {
            gaps.add(new Gap("inDynamicRange", "the dynamic port range could not be read"));
        }
        if (reserved == null) {
            gaps.add(new Gap("reserved", "the reserved ports could not be read"));
        }
        if (excluded == null) {
            gaps.add(new Gap(
                    "excluded",
                    facts.linux()
                            ? "the first unprivileged port could not be read"
                            : "the excluded ranges could not be read, and no bind was tried"));
        }
        return gaps;
    }
}

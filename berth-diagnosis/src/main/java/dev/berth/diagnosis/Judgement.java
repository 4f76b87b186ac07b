package dev.berth.diagnosis;

import dev.berth.platform.BindOutcome;
import dev.berth.platform.SystemError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of one port amount to: the verdict and what it rests on. Design §2 gives the order of precedence.
 *
 * @param decider the holder the verdict is named after, or null
 * @param listenable whether a server with the usual setting could bind now; null where unknown
 * @param error how the bind with the usual setting was refused; null where it was not
 * @param proven whether a bind was tried, so that this is no prediction
 */
record Judgement(
        Cause verdict,
        @Nullable Holder decider,
        @Nullable Boolean listenable,
        @Nullable SystemError error,
        boolean proven) {

    static Judgement of(WhyFacts facts) {
        for (Attempt attempt : facts.proof()) {
            if (attempt.request().option() == facts.plan().usualOption()) {
                switch (attempt.outcome()) {
                    case BindOutcome.Bound() -> {
                        return free(facts, true);
                    }
                    case BindOutcome.Refused(SystemError error) -> {
                        return refused(facts, error);
                    }
                    case BindOutcome.NotTried notTried -> {}
                }
            }
        }
        return predicted(facts);
    }

    private static Judgement refused(WhyFacts facts, SystemError error) {
        if (error.addressIsElsewhere()) { // whoever holds the port at the addresses that are here
            return new Judgement(Cause.BLOCKED_UNSEEN, null, false, error, true);
        }
        List<Holder> conflicting = facts.conflicting();
        if (!conflicting.isEmpty()) {
            Holder decider = conflicting.getFirst();
            return new Judgement(decider.cause(), decider, false, error, true);
        }
        boolean excluded = Privilege.inExcludedRange(facts) || facts.linux() && error.accessDenied();
        return new Judgement(excluded ? Cause.EXCLUDED : Cause.BLOCKED_UNSEEN, null, false, error, true);
    }

    private static Judgement predicted(WhyFacts facts) {
        List<Holder> conflicting = facts.conflicting();
        if (!conflicting.isEmpty()) {
            Holder decider = conflicting.getFirst();
            return new Judgement(decider.cause(), decider, facts.plan().usual().succeeds(), null, false);
        }
        if (Privilege.inExcludedRange(facts)) {
            return new Judgement(Cause.EXCLUDED, null, false, null, false);
        }
        if (Boolean.TRUE.equals(Privilege.needed(facts)) && !facts.host().bindsPrivilegedPorts()) {
            return new Judgement(
                    Cause.EXCLUDED, null, null, null, false); // whoever starts the server may be allowed to
        }
        return free(facts, false);
    }

    private static Judgement free(WhyFacts facts, boolean proven) {
        return new Judgement(facts.elsewhere() == null ? Cause.FREE : Cause.ELSEWHERE, null, true, null, proven);
    }

    boolean addressIsElsewhere() {
        return error != null && error.addressIsElsewhere();
    }
}

package dev.berth.diagnosis;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.Gap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a port is available or not: the answer to {@code berth why PORT}.
 *
 * @param address the address asked about: {@code ::} for the dual-stack wildcard
 * @param verdict exactly one cause
 * @param listenable whether a server with the platform's usual setting could bind now; null where unknown
 * @param holders every socket on the port that was seen, the deciding one first, whether or not it is in the way
 * @param holdersComplete whether every process was looked into
 * @param proof the binds that were tried, in order
 * @param plan what the rule said of them before
 * @param clause the rule that decides, in one sentence
 * @param inDynamicRange whether automatic choice may draw the port; null where unknown
 * @param reserved whether the port is kept from automatic choice; null where unknown
 * @param excluded whether the system refuses it to programs; null where unknown
 * @param elsewhere where the port's traffic goes instead of to a server that binds it, or to the one that listens; or null
 */
public record Explanation(
        int port,
        Protocol protocol,
        IpAddress address,
        Cause verdict,
        @Nullable Boolean listenable,
        List<Holder> holders,
        boolean holdersComplete,
        List<Attempt> proof,
        ProbePlan plan,
        String clause,
        @Nullable Boolean inDynamicRange,
        @Nullable Boolean reserved,
        @Nullable Boolean excluded,
        @Nullable Elsewhere elsewhere,
        List<Fix> fixes,
        List<Gap> gaps) {
    public Explanation {
        holders = List.copyOf(holders);
        proof = List.copyOf(proof);
        fixes = List.copyOf(fixes);
        gaps = List.copyOf(gaps);
    }

    /** The sockets in the way of a bind with the usual server setting, or that may be, the first cause first. */
    public List<Holder> inTheWay() {
        return switch (verdict) {
            case LISTENER, BOUND_ONLY, CLIENT, TIME_WAIT ->
                plan.usual().obstacles().stream()
                        .map(Prediction.Obstacle::holder)
                        .toList();
            case EXCLUDED, BLOCKED_UNSEEN, ELSEWHERE, FREE -> List.of();
        };
    }

    /** Where a server can bind: the sockets in the way, or that may be, of one that sets no option. */
    public List<Holder> inTheWayWithoutOption() {
        boolean bound = proof.stream()
                .anyMatch(attempt -> attempt.request().option() == BindRequest.Option.NONE
                        && attempt.outcome() instanceof BindOutcome.Bound);
        return verdict != Cause.FREE || bound
                ? List.of()
                : plan.predictions().getFirst().obstacles().stream()
                        .map(Prediction.Obstacle::holder)
                        .toList();
    }

    /** Whether the binds were refused because the address is not one of this host. */
    public boolean addressIsElsewhere() {
        for (Attempt attempt : proof) {
            if (attempt.outcome() instanceof BindOutcome.Refused refused
                    && refused.error().addressIsElsewhere()) {
                return true;
            }
        }
        return false;
    }
}

package dev.berth.diagnosis;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.rule.BindRule;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostFacts;
import dev.berth.platform.SystemError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which binds to try, or why none, and what the rule says without trying.
 *
 * @param requests without SO_REUSEADDR, then with it; empty when skipped
 * @param skipped why nothing is tried, or null
 * @param withoutReuse what the bind rule says of a bind without SO_REUSEADDR
 * @param withReuse what it says of one with it
 * @param usuallyReused whether servers usually set it. TCP servers on Linux do; on UDP it lets two sockets share a port and
 *     steal each other's datagrams, and on Windows it opens the port to others, so there a careful server does not
 */
public record ProbePlan(
        List<BindRequest> requests,
        @Nullable String skipped,
        Prediction withoutReuse,
        Prediction withReuse,
        boolean usuallyReused) {
    private static final String WOULD_SPOIL =
            "on kernels before 6.18 a bind that succeeds would close the port to automatic choice until the connections "
                    + "that share it are gone";

    public ProbePlan {
        requests = List.copyOf(requests);
    }

    /**
     * Plans the proof of one port.
     *
     * @param maySpoilSharedPorts whether a bind that succeeds may close the port to the connections that share it
     * @param skipReason why nothing may be tried at all, or null
     */
    public static ProbePlan of(
            HostFacts host,
            IpAddress address,
            int port,
            Protocol protocol,
            List<Holder> holders,
            boolean maySpoilSharedPorts,
            @Nullable String skipReason) {
        boolean linux = host.system().equals("linux");
        BindRule rule = linux ? BindRule.LINUX : BindRule.WINDOWS;
        var without = Prediction.of(rule, new BindRequest(protocol, address, port, false), holders);
        var with = Prediction.of(rule, new BindRequest(protocol, address, port, true), holders);
        boolean usuallyReused = linux && protocol == Protocol.TCP;
        boolean wouldSpoil = maySpoilSharedPorts
                && Boolean.TRUE.equals((usuallyReused ? with : without).succeeds())
                && holders.stream().anyMatch(ProbePlan::mayShareThePort);
        String skipped = skipReason != null ? skipReason : wouldSpoil ? WOULD_SPOIL : null;
        List<BindRequest> requests = skipped == null ? List.of(without.request(), with.request()) : List.of();
        return new ProbePlan(requests, skipped, without, with, usuallyReused);
    }

    /** What the rule says of a bind with the platform's usual server setting. */
    public Prediction usual() {
        return usuallyReused ? withReuse : withoutReuse;
    }

    /** Whether the rule had said how a bind that was tried would go. */
    public Foresight foretold(Attempt attempt) {
        Boolean said = (attempt.request().reuseAddress() ? withReuse : withoutReuse).succeeds();
        return switch (attempt.outcome()) {
            case BindOutcome.Bound _ when said != null -> said ? Foresight.RIGHT : Foresight.WRONG;
            case BindOutcome.Refused(SystemError error)
            when said != null && error.addressInUse() -> said ? Foresight.WRONG : Foresight.RIGHT;
            case BindOutcome.Bound _, BindOutcome.Refused _, BindOutcome.NotTried _ -> Foresight.OPEN;
        };
    }

    /** How the rule did against the kernel. */
    public enum Foresight {
        RIGHT,
        WRONG,
        /** It could not say, or something else than the sockets on the port decided. */
        OPEN
    }

    private static boolean mayShareThePort(Holder holder) {
        return holder.protocol() == Protocol.TCP && holder.remote() != null && !holder.accepted();
    }
}

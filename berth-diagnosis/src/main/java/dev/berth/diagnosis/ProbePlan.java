package dev.berth.diagnosis;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.rule.BindRule;
import dev.berth.net.rule.PortState.Exclusion;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.BindRequest.Option;
import dev.berth.platform.HostFacts;
import dev.berth.platform.SystemError;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which binds to try, or why none, and what the rule says without trying.
 *
 * @param requests without an option, then with the one of {@link #careful}; empty when skipped
 * @param skipped why nothing is tried, or null
 * @param predictions what the bind rule says of each, in the same order, tried or not
 * @param usualOption what servers usually set. TCP servers on Linux set SO_REUSEADDR; on UDP it lets two sockets share a port
 *     and steal each other's datagrams. On Windows it opens the port to others, so there a careful server asks to be the
 *     only one
 */
public record ProbePlan(
        List<BindRequest> requests, @Nullable String skipped, List<Prediction> predictions, Option usualOption) {
    private static final String WOULD_SPOIL =
            "on kernels before 6.18 a bind that succeeds would close the port to automatic choice until the connections "
                    + "that share it are gone";

    public ProbePlan {
        requests = List.copyOf(requests);
        predictions = List.copyOf(predictions);
    }

    /** Plans the proof of a port that lies in no excluded range. */
    public static ProbePlan of(
            HostFacts host,
            IpAddress address,
            int port,
            Protocol protocol,
            List<Holder> holders,
            boolean maySpoilSharedPorts,
            @Nullable String skipReason) {
        return of(host, address, port, protocol, holders, Exclusion.NONE, maySpoilSharedPorts, skipReason);
    }

    /**
     * Plans the proof of one port.
     *
     * @param exclusion whether an excluded range of Windows covers it
     * @param maySpoilSharedPorts whether a bind that succeeds may close the port to the connections that share it
     * @param skipReason why nothing may be tried at all, or null
     */
    public static ProbePlan of(
            HostFacts host,
            IpAddress address,
            int port,
            Protocol protocol,
            List<Holder> holders,
            Exclusion exclusion,
            boolean maySpoilSharedPorts,
            @Nullable String skipReason) {
        boolean linux = host.system().equals("linux");
        BindRule rule = linux ? BindRule.LINUX : BindRule.WINDOWS;
        Option careful = linux ? Option.REUSE_ADDRESS : Option.EXCLUSIVE;
        List<Prediction> predictions = Stream.of(Option.NONE, careful)
                .map(option -> new BindRequest(protocol, address, port, option))
                .map(request -> Prediction.of(rule, request, holders, exclusion))
                .toList();
        Option usual = linux && protocol == Protocol.UDP ? Option.NONE : careful;
        boolean wouldSpoil = maySpoilSharedPorts
                && Boolean.TRUE.equals(of(predictions, usual).succeeds())
                && holders.stream().anyMatch(ProbePlan::mayShareThePort);
        String skipped = skipReason != null ? skipReason : wouldSpoil ? WOULD_SPOIL : null;
        List<BindRequest> requests =
                skipped == null ? predictions.stream().map(Prediction::request).toList() : List.of();
        return new ProbePlan(requests, skipped, predictions, usual);
    }

    private static Prediction of(List<Prediction> predictions, Option option) {
        return predictions.stream()
                .filter(prediction -> prediction.request().option() == option)
                .findFirst()
                .orElseThrow();
    }

    /** What the rule says of a bind with the platform's usual server setting. */
    public Prediction usual() {
        return of(predictions, usualOption);
    }

    /** The option that is tried beside none: what careful servers of the platform set. */
    Option careful() {
        return predictions.getLast().request().option();
    }

    /** Whether the rule had said how a bind that was tried would go. */
    public Foresight foretold(Attempt attempt) {
        Boolean said = of(predictions, attempt.request().option()).succeeds();
        return switch (attempt.outcome()) {
            case BindOutcome.Bound _ when said != null -> said ? Foresight.RIGHT : Foresight.WRONG;
            case BindOutcome.Refused(SystemError error)
            when said != null && error.addressInUse() -> said ? Foresight.WRONG : Foresight.RIGHT;
            case BindOutcome.Refused(SystemError error)
            when Boolean.FALSE.equals(said) && careful() == Option.EXCLUSIVE && error.accessDenied() -> Foresight.RIGHT;
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

package dev.berth.cli.look;

import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.ProbePlan;
import dev.berth.diagnosis.WhyDiagnosis;
import dev.berth.diagnosis.WhyFacts;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one port is available or not.
 *
 * @param address null for any: the dual-stack wildcard, or that of IPv4 where the system has no IPv6
 * @param probe whether a bind may be tried
 */
public record WhyQuestion(
        int port, Protocol protocol, @Nullable IpAddress address, boolean probe) {
    /**
     * @param privilegedBelow the port below which only privileged programs may bind, where that is the reason; or null
     */
    public record Answer(Explanation explanation, @Nullable Integer privilegedBelow) {}

    /** Reads the holders and the settings, tries the binds that prove the answer, and asks the diagnosis. */
    public Answer ask(HostNetwork host) throws HostReadException {
        Occupancy occupancy = Occupancy.of(List.of(host), port, protocol, OwnerQuery.Effort.EVERY_HOLDER);
        Settings settings = host.settings();
        String skip = null;
        if (!probe) {
            skip = "--no-probe was given";
        } else if (host.facts().recorded()) {
            skip = "this is a recording";
        }
        IpAddress asked = address == null ? IpAddress.ANY_V6 : address;
        ProbePlan plan = plan(host, asked, occupancy, skip);
        List<Attempt> proof = prove(host, plan);
        if (address == null && !proof.isEmpty() && lacksFamily(proof.getFirst())) {
            asked = IpAddress.ANY_V4;
            plan = plan(host, asked, occupancy, skip);
            proof = prove(host, plan);
        }
        var gaps = new ArrayList<Gap>(occupancy.gaps());
        gaps.addAll(settings.gaps());
        Explanation explanation = WhyDiagnosis.explain(new WhyFacts(
                port,
                protocol,
                asked,
                occupancy.holders(),
                occupancy.complete(),
                proof,
                plan,
                settings,
                host.facts(),
                gaps));
        Integer first = settings.policy(protocol).firstUnprivileged();
        boolean privileged = explanation.verdict() == Cause.EXCLUDED && first != null && port < first;
        return new Answer(explanation, privileged ? first : null);
    }

    private ProbePlan plan(HostNetwork host, IpAddress asked, Occupancy occupancy, @Nullable String skip) {
        return ProbePlan.of(asked, port, protocol, occupancy.holders(), host.probeMaySpoilSharedPorts(), skip);
    }

    private static List<Attempt> prove(HostNetwork host, ProbePlan plan) {
        var proof = new ArrayList<Attempt>();
        for (BindRequest request : plan.requests()) {
            proof.add(new Attempt(request, host.probe(request)));
        }
        return proof;
    }

    /** Whether the system has no such addresses, as without IPv6: socket(2) says so before there is a bind. */
    private static boolean lacksFamily(Attempt attempt) {
        return attempt.outcome() instanceof BindOutcome.NotTried not
                && not.why().contains("EAFNOSUPPORT");
    }
}

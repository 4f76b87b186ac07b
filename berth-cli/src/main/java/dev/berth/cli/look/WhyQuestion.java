package dev.berth.cli.look;

import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Elsewhere;
import dev.berth.diagnosis.Exclusions;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.ProbePlan;
import dev.berth.diagnosis.Redirection;
import dev.berth.diagnosis.WhyDiagnosis;
import dev.berth.diagnosis.WhyFacts;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.rule.PortState.Exclusion;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NatRules;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why one port is available or not.
 *
 * @param address null for any: the dual-stack wildcard, or that of IPv4 where the system has no IPv6
 * @param probe whether a bind may be tried
 */
public record WhyQuestion(
        int port, Protocol protocol, @Nullable IpAddress address, boolean probe) {
    /** Opens every network namespace of the host; they are closed with the command. */
    public interface EveryNamespace {
        List<? extends HostNetwork> open() throws HostReadException;
    }

    /**
     * @param privilegedBelow the port below which only privileged programs may bind, where that is the reason; or null
     */
    public record Answer(Explanation explanation, @Nullable Integer privilegedBelow, boolean onWindows) {}

    /** Reads the holders and the settings, tries the binds that prove the answer, and asks the diagnosis. */
    public Answer ask(HostNetwork host) throws HostReadException {
        return answer(facts(host));
    }

    /**
     * Asks as {@link #ask(HostNetwork)}, and looks for what keeps traffic from a server: from one that could bind the port, or
     * from the one that listens on it.
     *
     * @param everyNamespace opened only where a rule sends traffic to another address
     */
    public Answer ask(HostNetwork host, EveryNamespace everyNamespace) throws HostReadException {
        WhyFacts facts = facts(host);
        Answer answer = answer(facts);
        return switch (answer.explanation.verdict()) {
            case FREE -> answer(beyondTheBind(facts, facts.address(), host, everyNamespace));
            case LISTENER -> {
                IpAddress listens =
                        answer.explanation.holders().getFirst().local().address();
                yield answer(beyondTheBind(facts, listens, host, everyNamespace));
            }
            case BOUND_ONLY, CLIENT, TIME_WAIT, EXCLUDED, BLOCKED_UNSEEN, ELSEWHERE -> answer;
        };
    }

    private Answer answer(WhyFacts facts) {
        Explanation explanation = WhyDiagnosis.explain(facts);
        Integer first = facts.settings().policy(protocol).firstUnprivileged();
        boolean privileged = explanation.verdict() == Cause.EXCLUDED && first != null && port < first;
        return new Answer(
                explanation, privileged ? first : null, facts.settings().ofWindows());
    }

    private WhyFacts facts(HostNetwork host) throws HostReadException {
        Occupancy occupancy = Occupancy.of(List.of(host), port, protocol, OwnerQuery.Effort.EVERY_HOLDER);
        List<Holder> holders = FlagsOfHolders.read(host, occupancy.holders());
        Settings settings = host.settings();
        IpAddress asked = address == null ? IpAddress.ANY_V6 : address;
        ProbePlan plan = plan(host, settings, asked, holders);
        List<Attempt> proof = prove(host, plan);
        if (address == null && !proof.isEmpty() && lacksFamily(proof.getFirst())) {
            asked = IpAddress.ANY_V4;
            plan = plan(host, settings, asked, holders);
            proof = prove(host, plan);
        }
        var gaps = new ArrayList<Gap>(occupancy.gaps());
        gaps.addAll(settings.gaps());
        if (plan.requests().isEmpty()) {
            gaps.addAll(doubtsAbout(asked, host));
        }
        return new WhyFacts(
                port,
                protocol,
                asked,
                holders,
                holders.isEmpty() ? Set.of() : BoundByNumber.on(host, port, protocol),
                occupancy.complete(),
                proof,
                plan,
                settings,
                host.facts(),
                false,
                null,
                gaps);
    }

    /** A bind tells whether an address is one of this host; without one that has to be looked up. */
    private static List<Gap> doubtsAbout(IpAddress asked, HostNetwork host) {
        if (asked.isAny() || asked.isLoopback()) {
            return List.of();
        }
        String what = "whether this host has " + asked;
        try {
            return host.addresses().contains(asked)
                    ? List.of()
                    : List.of(new Gap(what, "no bind was tried, and it is not among the addresses of its interfaces"));
        } catch (HostReadException e) {
            return List.of(new Gap(what, "no bind was tried, and the addresses are not known: " + e.why()));
        }
    }

    private ProbePlan plan(HostNetwork host, Settings settings, IpAddress asked, List<Holder> holders) {
        String skip = !probe ? "--no-probe was given" : host.facts().recorded() ? "this is a recording" : null;
        Exclusion exclusion = Exclusions.kind(settings, protocol, asked, port);
        return ProbePlan.of(
                host.facts(), asked, port, protocol, holders, exclusion, host.probeMaySpoilSharedPorts(), skip);
    }

    /** @param server where a server is bound, or would be */
    private WhyFacts beyondTheBind(WhyFacts facts, IpAddress server, HostNetwork host, EveryNamespace everyNamespace)
            throws HostReadException {
        NatRules rules = host.natRules();
        var gaps = new ArrayList<>(rules.gaps());
        Redirection redirection = Redirection.of(rules, protocol, port, server).orElse(null);
        Elsewhere elsewhere = null;
        if (redirection != null) {
            Endpoint target = redirection.target(port).orElse(null);
            if (target == null) {
                elsewhere = new Elsewhere(redirection, List.of(), List.of());
            } else {
                Beyond beyond = Beyond.of(target, protocol, everyNamespace.open());
                elsewhere = beyond.elsewhere(redirection);
                gaps.addAll(beyond.gaps());
            }
        }
        return facts.with(elsewhere, gaps);
    }

    private static List<Attempt> prove(HostNetwork host, ProbePlan plan) {
        var proof = new ArrayList<Attempt>();
        for (BindRequest request : plan.requests()) {
            proof.add(new Attempt(request, host.probe(request)));
        }
        return proof;
    }

    private static boolean lacksFamily(Attempt attempt) {
        return attempt.outcome() instanceof BindOutcome.NotTried not && not.lacksAddressFamily();
    }
}

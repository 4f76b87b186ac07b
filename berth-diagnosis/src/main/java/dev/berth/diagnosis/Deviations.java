package dev.berth.diagnosis;

import dev.berth.net.Protocol;
import dev.berth.net.rule.BindRule;
import dev.berth.net.rule.KernelDeviation;
import dev.berth.net.rule.KernelDeviation.Matter;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.Gap;
import java.util.ArrayList;
import java.util.List;

/** Where the rule of binding and the kernel may part, or did. */
final class Deviations {
    private Deviations() {}

    static List<Gap> of(WhyFacts facts) {
        var gaps = new ArrayList<Gap>();
        for (Attempt attempt : facts.proof()) {
            if (facts.plan().foretold(attempt) == ProbePlan.Foresight.WRONG) {
                boolean succeeded = attempt.outcome() instanceof BindOutcome.Bound;
                gaps.add(new Gap(
                        "why the bind " + (succeeded ? "succeeded" : "failed")
                                + (attempt.request().option() == BindRequest.Option.NONE
                                        ? ""
                                        : " with " + attempt.request().option().label()),
                        "the rule of binding says otherwise: a socket came or went in between, or this "
                                + (facts.linux() ? "kernel" : "version of Windows") + " differs"
                                + known(facts)));
            }
        }
        if (facts.proof().isEmpty()
                && !facts.holders().isEmpty()
                && !known(facts).isEmpty()) {
            gaps.add(new Gap("how this kernel binds", "the rule was taken from Linux 6.18" + known(facts)));
        }
        return gaps;
    }

    private static String known(WhyFacts facts) {
        if (!facts.linux()) {
            return "";
        }
        var known = new StringBuilder();
        for (KernelDeviation deviation : BindRule.LINUX.deviations(facts.host().release())) {
            if (concerns(deviation.matter(), facts.protocol())) {
                known.append("; ").append(deviation.versions()).append(": ").append(deviation.what());
            }
        }
        return known.toString();
    }

    private static boolean concerns(Matter matter, Protocol protocol) {
        return switch (matter) {
            case TCP_BIND -> protocol == Protocol.TCP;
            case UDP_BIND -> protocol == Protocol.UDP;
            case CONNECT -> false;
            case EVERYTHING -> true;
        };
    }
}

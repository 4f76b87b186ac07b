package dev.berth.linux.nat;

import dev.berth.net.PortSet;
import dev.berth.platform.Gap;
import dev.berth.platform.NatRules.Rule;
import dev.berth.platform.NatRules.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The walk from each hook through jumps to every destination NAT, which gathers the conditions on its way. */
final class Walk {
    private static final int MOST_STEPS = 100_000;
    private static final int DEEPEST = 64; // nf_tables allows 16 (NFT_JUMP_STACK_SIZE), x_tables more

    private record Name(String table, String chain) {}

    private final Map<Name, Chain> chains = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private int steps;
    private boolean tooDeep;
    private final Set<String> untold = new LinkedHashSet<>(); // texts: one rule may be come to in several ways

    private Walk() {}

    /** What the chains send elsewhere, in the order in which they are asked, and what could not be told. */
    record Found(List<Rule> rules, List<Gap> gaps) {}

    static Found through(List<Chain> chains) {
        var walk = new Walk();
        chains.forEach(chain -> walk.chains.put(new Name(chain.table(), chain.name()), chain));
        for (Traffic traffic : Traffic.values()) {
            chains.stream()
                    .filter(chain -> chain.hook() == traffic)
                    .sorted(Comparator.comparingInt(Chain::priority))
                    .forEach(chain -> walk.from(chain, traffic));
        }
        return walk.found();
    }

    private Found found() {
        if (!untold.isEmpty()) {
            gaps.add(new Gap(
                    "the ports of " + untold.size() + (untold.size() == 1 ? " NAT rule" : " NAT rules"),
                    "not a condition that Berth understands: "
                            + untold.iterator().next()));
        }
        if (steps > MOST_STEPS) {
            gaps.add(new Gap("some NAT rules", "there are more than Berth follows: " + MOST_STEPS));
        }
        if (tooDeep) {
            gaps.add(new Gap("some NAT rules", "their chains call each other more than " + DEEPEST + " deep"));
        }
        return new Found(rules, gaps);
    }

    private void from(Chain chain, Traffic traffic) {
        visit(chain, chain.scope(), new Way(traffic, new Departures(), List.of(), List.of(chain.name())));
    }

    /**
     * How a chain was come to.
     *
     * @param ended what has left the hook's chain for good
     * @param left what has left each chain on the way
     */
    private record Way(Traffic traffic, Departures ended, List<Departures> left, List<String> chains) {
        Way to(String chain, Departures gone) {
            return new Way(traffic, ended, with(left, gone), with(chains, chain));
        }

        private static <T> List<T> with(List<T> some, T one) {
            var more = new ArrayList<>(some);
            more.add(one);
            return more;
        }

        /** The part of that traffic which is still there. */
        Conditions remaining(Conditions met, Departures gone) {
            Conditions remaining = gone.without(ended.without(met));
            for (Departures earlier : left) {
                remaining = earlier.without(remaining);
            }
            return remaining;
        }
    }

    private void visit(Chain chain, Conditions met, Way way) {
        var left = new Departures();
        for (Step step : chain.steps()) {
            if (++steps > MOST_STEPS) {
                return;
            }
            Conditions here = met.and(step.conditions());
            if (here.isImpossible()) {
                continue;
            }
            switch (step.verdict()) {
                case Verdict.Return() -> left.add(here);
                case Verdict.End() -> way.ended.add(here);
                case Verdict.Send send -> add(way.remaining(here, left), send, step, chain, way);
                case Verdict.Call call -> {
                    call(call, here, chain, way.to(call.chain(), left));
                    if (!call.comesBack()) {
                        left.add(here);
                    }
                }
            }
        }
    }

    private void call(Verdict.Call call, Conditions met, Chain caller, Way way) {
        Chain next = chains.get(new Name(caller.table(), call.chain()));
        if (way.chains.size() > DEEPEST) {
            tooDeep = true;
        } else if (next != null) {
            visit(next, met, way);
        }
    }

    private void add(Conditions met, Verdict.Send send, Step step, Chain chain, Way way) {
        if (met.isImpossible()) {
            return;
        }
        if (met.hidesPorts()) {
            untold.add(step.text());
        }
        rules.add(new Rule(
                way.traffic,
                met.protocols(),
                met.hidesPorts() ? PortSet.EMPTY : met.ports(),
                met.destinations().blocks(),
                met.others(),
                send.target(),
                step.text(),
                chain.table() + " " + String.join(" > ", way.chains)));
    }
}

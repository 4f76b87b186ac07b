package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.NatRules;
import dev.berth.platform.NatRules.Rule;
import dev.berth.platform.NatRules.Target;
import dev.berth.platform.NatRules.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What makes a bind that succeeds useless: a rule that sends the port's traffic elsewhere before a socket sees it. Where
 * {@link Rule#otherConditions} says so, only some of it.
 *
 * @param addresses those this is about, of the addresses the socket would be at; a wildcard where the host's are not known
 * @param everyAddress whether these are all of them
 */
public record Redirection(Rule rule, List<IpAddress> addresses, boolean everyAddress) {
    public Redirection {
        addresses = List.copyOf(addresses);
    }

    /**
     * What a socket on that port and address would not get: of the traffic that arrives first, and only then of what programs
     * here send. Loopback addresses are met by these alone. Of several rules, the first without other conditions, or else the
     * first. Rules about addresses that are not this host's are passed over, and so is one whose ports could not be told,
     * which a gap of {@code rules} says.
     *
     * @param address {@code ::} for the wildcard of both families, {@code 0.0.0.0} for that of IPv4, or one address
     */
    public static Optional<Redirection> of(NatRules rules, Protocol protocol, int port, IpAddress address) {
        for (Traffic traffic : Traffic.values()) {
            Optional<Redirection> found =
                    new Question(rules, protocol, port, address, traffic).answer(asked(rules, address, traffic));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Where the traffic for {@code port} ends up; empty where that is no one address, or this host itself. */
    public Optional<Endpoint> target(int port) {
        return rule.target() instanceof Target.At(IpAddress to, int toPort)
                ? Optional.of(new Endpoint(to, toPort == 0 ? port : toPort))
                : Optional.empty();
    }

    /** The addresses of a socket that this traffic could come to. */
    private static List<IpAddress> asked(NatRules rules, IpAddress address, Traffic traffic) {
        boolean loopbackToo = traffic == Traffic.OWN;
        if (!address.isAny()) {
            return loopbackToo || !address.isLoopback() ? List.of(address) : List.of();
        }
        boolean bothFamilies = address.equals(IpAddress.ANY_V6);
        if (rules.localAddresses().isEmpty()) {
            return bothFamilies ? List.of(IpAddress.ANY_V4, IpAddress.ANY_V6) : List.of(address);
        }
        return rules.localAddresses().stream()
                .filter(local -> bothFamilies || local.isV4())
                .filter(local -> loopbackToo || !local.isLoopback())
                .sorted()
                .toList();
    }

    private record Question(NatRules rules, Protocol protocol, int port, IpAddress address, Traffic traffic) {
        Optional<Redirection> answer(List<IpAddress> asked) {
            var left = new ArrayList<>(asked);
            Redirection first = null;
            for (Rule rule : rules.rules()) {
                List<IpAddress> met =
                        isAbout(rule) ? left.stream().filter(rule::appliesTo).toList() : List.of();
                if (met.isEmpty()) {
                    continue;
                }
                if (arrives(rule.target())) {
                    if (!rule.otherConditions()) {
                        left.removeAll(met); // later rules do not see it
                    }
                    continue;
                }
                var found = new Redirection(rule, met, met.size() == asked.size());
                if (!rule.otherConditions()) {
                    return Optional.of(found);
                }
                first = first == null ? found : first;
            }
            return Optional.ofNullable(first);
        }

        private boolean isAbout(Rule rule) {
            return rule.traffic() == traffic
                    && rule.protocols().contains(protocol)
                    && rule.ports().contains(port);
        }

        /** Whether traffic sent there comes to the very socket that was asked about. */
        private boolean arrives(Target target) {
            return switch (target) {
                case Target.ThisHost(int to) -> isPort(to);
                case Target.At(IpAddress to, int toPort) ->
                    isPort(toPort)
                            && (to.equals(address)
                                    || address.isAny() && rules.localAddresses().contains(to));
                case Target.Open _ -> false;
            };
        }

        private boolean isPort(int to) {
            return to == 0 || to == port;
        }
    }
}

package dev.berth.platform;

import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that send connections to a port elsewhere (destination NAT), in the order in which the system asks them.
 *
 * @param localAddresses the addresses of this host, so that a rule for another's can be told; empty where unknown
 * @param gaps what could not be read
 */
public record NatRules(List<Rule> rules, Set<IpAddress> localAddresses, List<Gap> gaps) {
    public static final NatRules NONE = new NatRules(List.of(), Set.of(), List.of());

    public NatRules {
        rules = List.copyOf(rules);
        localAddresses = Set.copyOf(localAddresses);
        gaps = List.copyOf(gaps);
    }

    /** Which traffic meets a rule. */
    public enum Traffic {
        /** What arrives from other hosts, and from namespaces and containers of this one: the prerouting hook. */
        ARRIVING,
        /** What programs of this namespace send: the output hook. */
        OWN
    }

    /**
     * One way through the rules that ends in a redirection: the conditions of every chain on it taken together.
     *
     * @param protocols those it applies to
     * @param ports the destination ports it applies to
     * @param destinations the destination addresses it applies to; empty for every one
     * @param otherConditions whether it has more conditions than these, so that only some of that traffic is sent away
     * @param to where the traffic goes, or null where that is not one address: a redirection to this host itself, or to
     *     several
     * @param toPort the port it goes to; 0 where it stays
     * @param text the rule as the system's own tool writes it
     * @param source which tool told, and where: {@code nft ip nat PREROUTING}
     */
    public record Rule(
            Traffic traffic,
            Set<Protocol> protocols,
            PortSet ports,
            List<Destination> destinations,
            boolean otherConditions,
            @Nullable IpAddress to,
            int toPort,
            String text,
            String source) {
        public Rule {
            protocols = Set.copyOf(protocols);
            destinations = List.copyOf(destinations);
        }
    }

    /**
     * A block of addresses, or everything but one.
     *
     * @param prefixLength in bits of the address as {@link IpAddress} keeps it: IPv4 blocks are 96 longer than written
     */
    public record Destination(IpAddress network, int prefixLength, boolean negated) {}
}

package dev.berth.platform;

import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import java.util.List;
import java.util.Set;

/**
 * The rules that send connections to a port elsewhere (destination NAT), in the order in which the system asks them.
 *
 * @param localAddresses the addresses of this host, so that a rule for another's can be told; empty where unknown
 * @param gaps what could not be read
 */
public record NatRules(List<Rule> rules, Set<IpAddress> localAddresses, List<Gap> gaps) {
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
     * @param ports the destination ports it applies to; empty where they could not be told, which a gap says
     * @param destinations the destination addresses it applies to: those in one of the blocks, or all where every block is
     *     negated or there is none, without those in a negated block
     * @param otherConditions whether it has more conditions than these, so that only some of that traffic is sent away
     * @param text the rule as the system's own tool writes it, or nearly so
     * @param source which tool told, and the chains on the way to it: {@code nft ip nat PREROUTING > DOCKER}
     */
    public record Rule(
            Traffic traffic,
            Set<Protocol> protocols,
            PortSet ports,
            List<Destination> destinations,
            boolean otherConditions,
            Target target,
            String text,
            String source) {
        public Rule {
            protocols = Set.copyOf(protocols);
            destinations = List.copyOf(destinations);
        }

        /** Whether connections to {@code address} meet it. */
        public boolean appliesTo(IpAddress address) {
            boolean anywhere = true;
            boolean inside = false;
            for (Destination block : destinations) {
                boolean included = block.includes(address);
                if (block.negated() && included) {
                    return false;
                }
                anywhere &= block.negated();
                inside |= included;
            }
            return anywhere || inside;
        }
    }

    /** Where a rule sends traffic. */
    public sealed interface Target {
        /**
         * One address.
         *
         * @param port 0 where the port stays
         */
        record At(IpAddress address, int port) implements Target {}

        /**
         * This host itself, at the address of the interface the traffic came in by.
         *
         * @param port 0 where the port stays
         */
        record ThisHost(int port) implements Target {}

        /**
         * No single address and port: one is drawn from several, or the tool does not tell.
         *
         * @param text what the tool tells
         */
        record Open(String text) implements Target {}
    }

    /**
     * A block of addresses, or everything but one.
     *
     * @param prefixLength in bits of the address as {@link IpAddress} keeps it: IPv4 blocks are 96 longer than written
     */
    public record Destination(IpAddress network, int prefixLength, boolean negated) {
        /** Whether {@code address} is in the block itself, negated or not. */
        public boolean includes(IpAddress address) {
            long high = leading(Math.min(prefixLength, Long.SIZE));
            long low = leading(Math.max(0, prefixLength - Long.SIZE));
            return ((address.high() ^ network.high()) & high) == 0 && ((address.low() ^ network.low()) & low) == 0;
        }

        private static long leading(int bits) {
            return bits == 0 ? 0 : -1L << Long.SIZE - bits;
        }
    }
}

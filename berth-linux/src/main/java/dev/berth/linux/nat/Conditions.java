package dev.berth.linux.nat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which traffic a rule, or a way through several, is about.
 *
 * @param ports destination ports; shared where they can be, for there are rules by the ten thousand
 * @param portsTold false where some condition may be about ports and was not understood
 * @param others whether there are more conditions than these
 */
record Conditions(
        Set<Protocol> protocols, PortSet ports, boolean portsTold, Destinations destinations, boolean others) {
    private static final PortSet ALL_PORTS = PortSet.of(PortRange.ALL);
    private static final Set<Protocol> BOTH = Set.of(Protocol.values());

    static final Conditions NONE = new Conditions(BOTH, ALL_PORTS, true, Destinations.EVERY, false);
    static final Conditions SOME_OTHER = new Conditions(BOTH, ALL_PORTS, true, Destinations.EVERY, true);
    static final Conditions SOME_PORTS = new Conditions(BOTH, ALL_PORTS, false, Destinations.EVERY, true);
    static final Conditions NEVER = of(PortSet.EMPTY);
    static final Conditions V4 = of(Destinations.among(List.of(Blocks.EVERY_V4)));
    static final Conditions V6 = of(Destinations.except(List.of(Blocks.EVERY_V4)));

    static Conditions of(PortSet ports) {
        return new Conditions(BOTH, ports, true, Destinations.EVERY, false);
    }

    static Conditions of(Set<Protocol> protocols) {
        return new Conditions(protocols, ALL_PORTS, true, Destinations.EVERY, false);
    }

    static Conditions of(Destinations destinations) {
        return new Conditions(BOTH, ALL_PORTS, true, destinations, false);
    }

    /** The same about every port but these. */
    static PortSet allBut(PortSet ports) {
        return ALL_PORTS.minus(ports);
    }

    Conditions and(Conditions other) {
        return new Conditions(
                common(protocols, other.protocols),
                common(ports, other.ports),
                portsTold && other.portsTold,
                destinations.and(other.destinations),
                others || other.others);
    }

    private static Set<Protocol> common(Set<Protocol> some, Set<Protocol> more) {
        if (more.equals(BOTH)) {
            return some;
        }
        if (some.equals(BOTH)) {
            return more;
        }
        var both = EnumSet.noneOf(Protocol.class);
        both.addAll(some);
        both.retainAll(more);
        return Set.copyOf(both);
    }

    private static PortSet common(PortSet some, PortSet more) {
        if (more.equals(ALL_PORTS)) {
            return some;
        }
        return some.equals(ALL_PORTS) ? more : some.intersect(more);
    }

    boolean isImpossible() {
        return protocols.isEmpty() || ports.isEmpty() || destinations.isNothing();
    }

    /** Whether nothing is known of the ports but that there is a condition on them. */
    boolean hidesPorts() {
        return !portsTold && ports.equals(ALL_PORTS);
    }

    /** These, without the traffic that {@code gone} is about; where that cannot be said exactly, with another condition. */
    Conditions without(Conditions gone) {
        boolean apart = common(protocols, gone.protocols).isEmpty()
                || !ports.intersects(gone.ports)
                || destinations.and(gone.destinations).isNothing();
        if (apart) {
            return this;
        }
        boolean exact = !gone.others
                && gone.portsTold
                && gone.protocols.containsAll(protocols)
                && gone.destinations.cover(destinations);
        return new Conditions(
                protocols, exact ? ports.minus(gone.ports) : ports, portsTold, destinations, others || !exact);
    }
}

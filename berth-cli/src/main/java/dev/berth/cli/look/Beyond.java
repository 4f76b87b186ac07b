package dev.berth.cli.look;

import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Elsewhere;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.Redirection;
import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is behind a rule that sends traffic elsewhere.
 *
 * @param places every namespace of this host that has the target's address: none where it is another machine's, or in a
 *     namespace that could not be looked into; several where networks use the same addresses, and then it is not known which
 * @param gaps what could not be looked into
 */
public record Beyond(Endpoint target, List<Place> places, List<Gap> gaps) {
    /**
     * A namespace that has the address.
     *
     * @param listeners who would get the traffic there; empty where nobody listens
     */
    public record Place(NetworkNamespace namespace, List<Holder> listeners) {}

    /**
     * Looks for the target.
     *
     * @param everyNamespace as {@code NamespaceChoice.Whole} opens them; they stay the caller's to close
     */
    public static Beyond of(Endpoint target, Protocol protocol, List<? extends HostNetwork> everyNamespace) {
        var places = new ArrayList<Place>();
        var gaps = new ArrayList<Gap>();
        for (HostNetwork host : everyNamespace) {
            try {
                if (!host.addresses().contains(target.address())) {
                    continue;
                }
                Occupancy there = Occupancy.of(List.of(host), target.port(), protocol, OwnerQuery.Effort.EVERY_HOLDER);
                gaps.addAll(there.gaps());
                places.add(new Place(host.namespace(), listenersAt(target, there)));
            } catch (HostReadException e) {
                gaps.add(new Gap("what listens in " + host.namespace(), e.why()));
            }
        }
        return new Beyond(target, List.copyOf(places), List.copyOf(gaps));
    }

    /** What it comes to for a port whose traffic {@code redirection} sends there. */
    Elsewhere elsewhere(Redirection redirection) {
        return new Elsewhere(
                redirection,
                places.stream().map(Place::namespace).toList(),
                places.stream().flatMap(place -> place.listeners().stream()).toList());
    }

    private static List<Holder> listenersAt(Endpoint target, Occupancy there) {
        return there.holders().stream()
                .filter(holder -> holder.cause() == Cause.LISTENER)
                .filter(holder -> reaches(holder, target))
                .toList();
    }

    private static boolean reaches(Holder holder, Endpoint target) {
        boolean any = holder.local().address().isAny();
        boolean sameFamily = holder.local().address().isV4() == target.address().isV4();
        return any
                ? sameFamily || !holder.local().address().isV4() && !holder.v6Only()
                : holder.local().address().equals(target.address());
    }
}

package dev.berth.remedy.policy;

import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.remedy.policy.Policy.Service;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ports that services have so far, by where they bind them. */
final class Claims {
    private record Place(Protocol protocol, @Nullable IpAddress address) {}

    private final Map<Place, PortSet> byPlace = new HashMap<>();
    private final Map<Protocol, PortSet> anywhere = new HashMap<>();

    void add(Service service) {
        byPlace.merge(new Place(service.protocol(), service.address()), service.ports(), PortSet::plus);
        anywhere.merge(service.protocol(), service.ports(), PortSet::plus);
    }

    /** Whether anybody may have one of its ports: certain to be told where it is so, and seldom where it is not. */
    boolean meets(Service service) {
        PortSet all = anywhere.getOrDefault(service.protocol(), PortSet.EMPTY);
        if (!all.intersects(service.ports())) {
            return false;
        }
        return byPlace.entrySet().stream()
                .anyMatch(claim -> claim.getKey().protocol() == service.protocol()
                        && meet(claim.getKey().address(), service.address())
                        && claim.getValue().intersects(service.ports()));
    }

    static boolean meet(Service one, Service other) {
        return one.protocol() == other.protocol() && meet(one.address(), other.address());
    }

    /** Whether two servers cannot bind one port there. {@code ::} may leave IPv4 alone, so it is no contradiction. */
    private static boolean meet(@Nullable IpAddress one, @Nullable IpAddress other) {
        return one == null
                || other == null
                || one.equals(other)
                || (one.isAny() || other.isAny()) && one.isV4() == other.isV4();
    }
}

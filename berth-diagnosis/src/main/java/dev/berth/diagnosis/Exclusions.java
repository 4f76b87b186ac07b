package dev.berth.diagnosis;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.rule.PortState.Exclusion;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The excluded ranges of Windows, which has a table of them for each address family. */
public final class Exclusions {
    private Exclusions() {}

    /** What an exclusion means for a bind to that address and port. */
    public static Exclusion kind(Settings settings, Protocol protocol, IpAddress address, int port) {
        ExcludedRange range = covering(settings, protocol, address, port);
        return range == null ? Exclusion.NONE : range.administered() ? Exclusion.ADMINISTERED : Exclusion.SYSTEM;
    }

    /** The range of the system's that keeps the port from binds; null where none does. */
    public static @Nullable PortRange ofSystem(Settings settings, Protocol protocol, IpAddress address, int port) {
        ExcludedRange range = covering(settings, protocol, address, port);
        return range == null || range.administered() ? null : range.range();
    }

    /** The range that the port lies in, one of the system's before an administered one; null where it lies in none. */
    static @Nullable ExcludedRange covering(Settings settings, Protocol protocol, IpAddress address, int port) {
        ExcludedRange administered = null;
        for (Family family : families(address)) {
            PortPolicy policy = settings.policies().get(new Scope(protocol, family));
            for (ExcludedRange excluded : policy == null ? List.<ExcludedRange>of() : policy.excluded()) {
                if (excluded.range().contains(port)) {
                    if (!excluded.administered()) {
                        return excluded;
                    }
                    administered = excluded;
                }
            }
        }
        return administered;
    }

    private static List<Family> families(IpAddress address) {
        if (address.isV4()) {
            return List.of(Family.IPV4);
        }
        return address.isAny() ? List.of(Family.IPV4, Family.IPV6) : List.of(Family.IPV6);
    }
}

package dev.berth.windows.tuning;

import dev.berth.net.Protocol;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import java.util.List;
import java.util.stream.Stream;

/** The two tables that netsh keeps of everything. */
final class Families {
    private Families() {}

    /** IPv4 first: whether IPv6 has a space of its own is not documented, and is read afterwards. */
    static List<Scope> of(Protocol protocol) {
        return Stream.of(Family.IPV4, Family.IPV6)
                .map(family -> new Scope(protocol, family))
                .toList();
    }
}

package dev.berth.windows.tuning;

import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.settings.ExcludedTable;
import dev.berth.windows.system.WindowsSystem;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Why Windows excludes some ports not: an exclusion is refused, with error 32, for ports that are held or reserved. */
final class Held {
    private final WindowsSystem system;

    Held(WindowsSystem system) {
        this.system = system;
    }

    /** Those ports that a socket holds, as a bind of every address tells that would share with none. */
    PortSet among(PortSet ports, Scope scope) {
        var held = new BitSet();
        ports.ports().filter(port -> isHeld(port, scope)).forEach(held::set);
        return PortSet.of(held);
    }

    private boolean isHeld(int port, Scope scope) {
        IpAddress every = scope.family() == Family.IPV4 ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        var request = new BindRequest(scope.protocol(), every, port, BindRequest.Option.EXCLUSIVE);
        return system.bind(request) instanceof BindOutcome.Refused;
    }

    /** The ports, each lot with its reason in brackets. */
    String reasons(PortSet ports, Scope scope, ExcludedTable active) {
        Map<String, PortSet> lots = new LinkedHashMap<>();
        PortSet reserved = PortSet.EMPTY;
        for (ExcludedRange row : active.rows()) {
            PortSet covered = PortSet.of(row.range()).intersect(ports);
            if (!covered.isEmpty()) {
                lots.merge("the system has reserved " + row.range() + " for itself", covered, PortSet::plus);
                reserved = reserved.plus(covered);
            }
        }
        PortSet open = ports.minus(reserved);
        PortSet inUse = among(open, scope);
        lots.put("a socket holds it, and Windows cannot exclude a port that is held", inUse);
        lots.put("Berth cannot see why", open.minus(inUse));
        return lots.entrySet().stream()
                .filter(lot -> !lot.getValue().isEmpty())
                .map(lot -> lot.getValue().inShort() + " (" + lot.getKey() + ")")
                .collect(Collectors.joining(", "));
    }
}

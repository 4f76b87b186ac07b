package dev.berth.windows.tuning;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.settings.ExcludedTable;
import dev.berth.windows.settings.Netsh;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exclusions of one protocol and family.
 *
 * @param active what is in force
 * @param persistent the ports that the next start excludes again; null where netsh does not tell
 */
record Exclusions(ExcludedTable active, @Nullable PortSet persistent) {
    static Exclusions read(Netsh netsh, Scope scope) throws NotChangedException {
        ExcludedTable active = netsh.excluded(scope, Netsh.Store.ACTIVE);
        if (active == null) {
            throw NotChangedException.failed(
                    "netsh shows no table of the %s exclusions of %s that Berth can read: netsh interface %s show excludedportrange protocol=%s"
                            .formatted(
                                    scope.protocol().label(),
                                    Families.label(scope.family()),
                                    Families.label(scope.family()),
                                    scope.protocol().label()));
        }
        ExcludedTable persistent = netsh.excluded(scope, Netsh.Store.PERSISTENT);
        return new Exclusions(active, persistent == null ? null : persistent.ports());
    }

    /** What a person excluded for good, as far as that is told. */
    PortSet lasting() {
        PortSet administered = active.administered();
        return persistent == null ? administered : administered.intersect(persistent);
    }

    /** The lasting blocks that have any of these ports. */
    List<PortRange> blocksWith(PortSet ports) {
        PortSet lasting = lasting().intersect(ports);
        return active.rows().stream()
                .filter(ExcludedRange::administered)
                .map(ExcludedRange::range)
                .filter(block -> lasting.intersects(PortSet.of(block)))
                .toList();
    }
}

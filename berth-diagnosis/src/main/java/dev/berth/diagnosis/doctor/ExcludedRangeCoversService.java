package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.KnownExclusions;
import dev.berth.diagnosis.KnownExclusions.Known;
import dev.berth.diagnosis.WindowsReservation;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A range that the system made keeps a port from the service that is configured to listen on it (Windows).
 *
 * @param known who is known for such ranges, or null
 */
record ExcludedRangeCoversService(
        ServicePort service,
        Protocol protocol,
        PortRange range,
        @Nullable Known known) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        for (Protocol protocol : Protocol.values()) {
            PortSet listened = protocol == Protocol.TCP
                    ? host.listened()
                    : host.further().udp().ports();
            Set<ExcludedRangeCoversService> all = new LinkedHashSet<>(); // both families often have the same ranges
            for (Family family : Family.values()) {
                PortPolicy policy = host.settings().policy(protocol, family);
                for (ExcludedRange excluded : policy.excluded()) {
                    Known known = KnownExclusions.of(excluded.range(), policy.dynamic());
                    if (!excluded.administered() && !isForTheService(known)) {
                        PortSet kept =
                                PortSet.of(excluded.range()).minus(listened); // a listener there has what it needs
                        for (ServicePort service : ServicePort.among(kept, host, protocol)) {
                            all.add(new ExcludedRangeCoversService(service, protocol, excluded.range(), known));
                        }
                    }
                }
            }
            all.forEach(found);
        }
    }

    /** http.sys keeps a port for the very service that is configured on it. */
    private static boolean isForTheService(@Nullable Known known) {
        return known != null && known.kind() == KnownExclusions.Kind.HTTP_SYS;
    }

    @Override
    public String id() {
        return "excluded-range-covers-service";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return "The system keeps %s port %s in the excluded range %s: the service cannot start there"
                .formatted(protocol.label().toUpperCase(Locale.ROOT), service.words(), range);
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<String>();
        lines.add("What says so: %s.".formatted(service.service().source()));
        lines.add("A bind in that range fails with WSAEACCES (10013), for administrators too; Java programs show it as "
                + "\"Address already in use: bind\".");
        if (known != null) {
            lines.add("Such a range is known for %s; no table of Windows names who made it (%s)."
                    .formatted(known.owner(), known.source()));
        }
        return List.copyOf(lines);
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        return List.of(
                WindowsReservation.fromWinNat(service.ports(), protocol),
                new Fix(
                        "choose-another-port",
                        "let the service listen on another port; this names one that is safe",
                        "berth suggest --near "
                                + service.ports().ranges().getFirst().first()
                                + (protocol == Protocol.UDP ? " --protocol udp" : ""),
                        Fix.Risk.NONE,
                        true));
    }
}

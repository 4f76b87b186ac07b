package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ExcludedRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link WaysOut} has for Windows alone. Its order matters: free the port, exclude it, start the service. */
final class WindowsWaysOut {
    private WindowsWaysOut() {}

    /** Keeps the port from automatic choice, where that may draw it. */
    static List<Fix> reserve(WhyFacts facts, List<Holder> inTheWay) {
        if (!facts.settings().policy(facts.protocol()).drawable().contains(facts.port())) {
            return List.of();
        }
        PortRange port = PortRange.of(facts.port());
        return List.of(
                facts.holders().isEmpty()
                        ? WindowsReservation.of(PortSet.of(port), facts.protocol())
                        : WindowsReservation.ofHeld(port, facts.protocol(), service(inTheWay)));
    }

    /** The one service behind all of them; null where there is none, or not one alone. */
    private static @Nullable String service(List<Holder> holders) {
        List<String> services = holders.stream()
                .map(holder -> holder.process() == null ? null : OwnService.of(holder.process()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        boolean allOfIt = holders.stream()
                .allMatch(holder ->
                        holder.accepted() || holder.process() != null && OwnService.of(holder.process()) != null);
        return allOfIt && services.size() == 1 ? services.getFirst() : null;
    }

    /** Takes the port from the range that the system made around it. */
    static List<Fix> fromExclusion(WhyFacts facts) {
        ExcludedRange range = facts.exclusion();
        KnownExclusions.Known known = range == null
                ? null
                : KnownExclusions.of(
                        range.range(), facts.settings().policy(facts.protocol()).dynamic());
        var fixes = new ArrayList<Fix>();
        if (known == null || known.kind() == KnownExclusions.Kind.WINNAT) {
            fixes.add(WindowsReservation.fromWinNat(PortSet.of(PortRange.of(facts.port())), facts.protocol()));
        }
        if (known == null || known.kind() == KnownExclusions.Kind.HTTP_SYS) {
            fixes.add(EndHolder.ASK_HTTP_SYS);
        }
        return fixes;
    }
}

package dev.berth.remedy.plan;

import dev.berth.diagnosis.KnownExclusions;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has excluded ports until the next restart, and netsh excludes nothing twice: for good they can be excluded only once
 * that is taken out.
 *
 * @param deletes the commands that take it out
 */
public record UntilRestart(List<String> deletes) implements InTheWay {
    /** The ports of these that the next restart gives to automatic choice again; none where netsh does not tell. */
    public static SequencedMap<InTheWay, PortSet> among(PortSet ports, Protocol protocol, Terrain terrain) {
        var deletes = new ArrayList<String>();
        PortSet all = PortSet.EMPTY;
        for (Family family : Family.values()) {
            PortPolicy policy = terrain.settings().policy(protocol, family);
            PortSet its = of(policy).intersect(ports);
            all = all.plus(its);
            blocks(policy, its).forEach(block -> deletes.add(delete(protocol, family, block)));
        }
        var among = new LinkedHashMap<InTheWay, PortSet>();
        if (!all.isEmpty()) {
            among.put(new UntilRestart(deletes), all);
        }
        return among;
    }

    /** The ports of a table of which that is known. The block of HNS is none of them: its next start excludes it again. */
    public static PortSet of(PortPolicy policy) {
        PortSet lasting = policy.persistent().reserved();
        if (lasting == null) {
            return PortSet.EMPTY;
        }
        PortSet again = PortSet.of(policy.excluded().stream()
                .filter(UntilRestart::isOfHns)
                .map(ExcludedRange::range)
                .toList());
        return policy.reserved().minus(lasting).minus(again);
    }

    static boolean isOfHns(ExcludedRange row) {
        var known = KnownExclusions.of(row.range(), null);
        return row.administered() && known != null && known.kind() == KnownExclusions.Kind.WINNAT;
    }

    private static List<PortRange> blocks(PortPolicy policy, PortSet ports) {
        return policy.excluded().stream()
                .filter(ExcludedRange::administered)
                .map(ExcludedRange::range)
                .filter(block -> ports.intersects(PortSet.of(block)))
                .toList();
    }

    private static String delete(Protocol protocol, Family family, PortRange block) {
        return "netsh interface %s delete excludedportrange protocol=%s startport=%d numberofports=%d store=active"
                .formatted(WindowsSetting.label(family), protocol.label(), block.first(), block.size());
    }

    @Override
    public @Nullable String service() {
        return null;
    }

    @Override
    public Restart restart() {
        return Restart.SERVICES;
    }

    @Override
    public boolean maybeLetsGo() {
        return false;
    }

    @Override
    public PlanRefusedException refusal(PortSet ports, Protocol protocol) {
        return new PlanRefusedException(
                Kind.NOT_POSSIBLE,
                "cannot exclude %s for good".formatted(Obstacles.named(ports, protocol)),
                "%s excluded until the next restart only, and netsh excludes nothing twice"
                        .formatted(ports.size() == 1 ? "it is" : "they are"),
                String.join("; ", deletes) + "; then the same");
    }
}

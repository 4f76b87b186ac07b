package dev.berth.remedy.plan;

import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Holder;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Looks for what would make netsh fail to exclude ports, with error 32 (ERROR_SHARING_VIOLATION of
 * CreatePersistentTcpPortReservation): a socket that holds one, or a block that the system has taken.
 */
public final class Obstacles {
    private Obstacles() {}

    /** What is in the way of excluding the ports, and of which; nothing where they can be. */
    public static SequencedMap<InTheWay, PortSet> of(PortSet ports, Protocol protocol, Terrain terrain)
            throws PlanRefusedException {
        var all = new LinkedHashMap<InTheWay, PortSet>();
        if (ports.isEmpty()) {
            return all;
        }
        boolean winnatRuns = terrain.tuning().read(WindowsSetting.service(SystemBlock.WINNAT), Place.RUNNING)
                        instanceof Reading.Value(String state)
                && state.equals(WindowsSetting.RUNNING);
        PortSet taken = PortSet.EMPTY;
        for (PortRange range : blocks(protocol, terrain)) {
            PortSet covered = ports.intersect(PortSet.of(range));
            if (!covered.isEmpty()) {
                all.put(
                        SystemBlock.of(
                                range, terrain.settings().policy(protocol).dynamic(), winnatRuns),
                        covered);
                taken = taken.plus(covered);
            }
        }
        for (Holder holder : holders(ports.minus(taken), protocol, terrain)) {
            all.merge(
                    of(holder, terrain), PortSet.of(PortRange.of(holder.local().port())), PortSet::plus);
        }
        return all;
    }

    private static List<PortRange> blocks(Protocol protocol, Terrain terrain) {
        return Stream.of(Family.values())
                .flatMap(family -> terrain.settings().policy(protocol, family).excluded().stream())
                .filter(range -> !range.administered())
                .map(ExcludedRange::range)
                .distinct()
                .toList();
    }

    /** A closed connection holds nothing: in TIME_WAIT even a bind succeeds. */
    static List<Holder> holders(PortSet ports, Protocol protocol, Terrain terrain) throws PlanRefusedException {
        try {
            return terrain.occupants().on(ports, protocol).stream()
                    .filter(holder -> holder.cause() != Cause.TIME_WAIT)
                    .toList();
        } catch (HostReadException e) {
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot tell who holds " + named(ports, protocol),
                    "%s: %s".formatted(e.getMessage(), e.why()),
                    "what is held cannot be excluded, so nothing is planned until that can be told");
        }
    }

    private static InTheWay of(Holder holder, Terrain terrain) {
        ProcessInfo process = holder.process();
        String service = process == null ? null : process.unit();
        return process == null || service == null || service.contains("+")
                ? new HeldBySocket(holder)
                : new HeldByService(service, process, terrain.occupants().isAncestor(process));
    }

    static PlanRefusedException held(PortSet ports, Protocol protocol, String who, String next) {
        return new PlanRefusedException(
                Kind.NOT_POSSIBLE,
                "cannot exclude %s while %s held"
                        .formatted(named(ports, protocol), ports.size() == 1 ? "it is" : "they are"),
                "%s holds %s, and Windows excludes no port that is held, not even by its own service (error 32)"
                        .formatted(who, them(ports)),
                next);
    }

    static String named(PortSet ports, Protocol protocol) {
        return protocol.label().toUpperCase(Locale.ROOT) + " " + ports.inShort();
    }

    /** What to add to a command of Berth's for that protocol. */
    static String flag(Protocol protocol) {
        return protocol == Protocol.TCP ? "" : " --protocol " + protocol.label();
    }

    static String them(PortSet ports) {
        return ports.size() == 1 ? "it" : "them";
    }
}

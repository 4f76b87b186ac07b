package dev.berth.remedy.policy;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.InTheWay;
import dev.berth.remedy.plan.Obstacles;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.PlanRefusedException;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.Terrain;
import dev.berth.remedy.plan.UntilRestart;
import dev.berth.remedy.policy.Item.Aspect;
import dev.berth.remedy.policy.Item.State;
import dev.berth.remedy.policy.Policy.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be done about a drift on Windows: everything but the ports that something is in the way of, each of which is told
 * with what that is. A port that is held, even by its own service, is pending: its turn comes with leave to restart services.
 */
final class WindowsCure {
    private final Policy policy;
    private final Drift drift;
    private final Terrain terrain;
    private final PlanOptions options;
    private final Map<Protocol, Map<InTheWay, PortSet>> standing = new EnumMap<>(Protocol.class);
    private final Map<Aim, PlanRefusedException> refused = new LinkedHashMap<>();

    WindowsCure(Policy policy, Drift drift, Terrain terrain, PlanOptions options) {
        this.policy = policy;
        this.drift = drift;
        this.terrain = terrain;
        this.options = options;
    }

    Cure cure() {
        var plan = new Plan(terrain.netns(), List.of(), List.of());
        var possible = new ArrayList<Aim>();
        for (Aim aim : drift.aims()) {
            try {
                possible.add(less(aim));
                plan = Planning.outline(possible, terrain, options);
            } catch (PlanRefusedException e) {
                possible.removeIf(one -> isFor(one, aim));
                refused.put(aim, e);
            }
        }
        List<Item> items =
                drift.items().stream().flatMap(item -> told(item).stream()).toList();
        return new Cure(new Drift(items, drift.aims(), drift.lasting(), drift.gaps()), plan);
    }

    private static boolean isFor(Aim one, Aim aim) {
        return one.equals(aim)
                || one instanceof Aim.Reserve(var _, Protocol its)
                        && aim instanceof Aim.Reserve(var _, Protocol protocol)
                        && its == protocol;
    }

    /** The aim without the ports that something is in the way of. */
    private Aim less(Aim aim) throws PlanRefusedException {
        if (!(aim instanceof Aim.Reserve(PortSet ports, Protocol protocol))) {
            return aim;
        }
        SequencedMap<InTheWay, PortSet> inTheWay = UntilRestart.among(ports, protocol, terrain);
        Obstacles.of(ports.minus(excluded(protocol)), protocol, terrain).forEach((what, of) -> {
            if (!what.yields(options)) {
                inTheWay.put(what, of);
            }
        });
        standing.put(protocol, inTheWay);
        return new Aim.Reserve(ports.minus(all(inTheWay)), protocol);
    }

    private static PortSet all(Map<InTheWay, PortSet> inTheWay) {
        return inTheWay.values().stream().reduce(PortSet.EMPTY, PortSet::plus);
    }

    /** As the plan has it; what cannot be read is refused there. */
    private PortSet excluded(Protocol protocol) {
        PortSet excluded = PortSet.of(PortRange.ALL);
        for (Family family : Family.values()) {
            ReservedList list = terrain.tuning().read(WindowsSetting.excludedPorts(protocol, family), Place.PERSISTENT)
                            instanceof Reading.Value(String text)
                    ? SettingValue.readable(text)
                    : null;
            excluded = list == null ? PortSet.EMPTY : excluded.intersect(list.ports());
        }
        return excluded;
    }

    private List<Item> told(Item item) {
        if (item.state() != State.DRIFT) {
            return List.of(item);
        }
        return switch (item.aspect()) {
            case RESERVED_NOW -> reserved(item);
            case RANGE_NOW -> List.of(range(item));
            case RESERVED_AT_START, RANGE_AT_START, REUSE_NOW, REUSE_AT_START, BINDABLE, CAPACITY -> List.of(item);
        };
    }

    private List<Item> reserved(Item item) {
        Service service = policy.services().stream()
                .filter(one -> one.name().equals(item.about()))
                .findFirst()
                .orElseThrow();
        Protocol protocol = service.protocol();
        PlanRefusedException refusal =
                refused(aim -> aim instanceof Aim.Reserve(var _, Protocol its) && its == protocol);
        if (refusal != null) {
            return List.of(cannot(item, refusal));
        }
        Map<InTheWay, PortSet> inTheWay = standing.getOrDefault(protocol, Map.of());
        PortSet blocked = all(inTheWay).intersect(service.ports());
        if (blocked.isEmpty()) {
            return List.of(item);
        }
        var items = new ArrayList<Item>();
        PortSet rest = service.ports().minus(excluded(protocol)).minus(blocked);
        if (!rest.isEmpty()) {
            items.add(WindowsDrift.drift(service, rest));
        }
        inTheWay.forEach((what, ports) -> {
            PortSet its = ports.intersect(service.ports());
            if (!its.isEmpty()) {
                items.add(waiting(item, what.refusal(its, protocol), what.maybeLetsGo()));
            }
        });
        return items;
    }

    private static Item waiting(Item item, PlanRefusedException refusal, boolean maybeLetsGo) {
        return new Item(
                Aspect.RESERVED_NOW,
                item.about(),
                maybeLetsGo ? State.PENDING : State.CANNOT,
                item.from(),
                item.to(),
                refusal.getMessage() + ": " + refusal.why(),
                null,
                refusal.next());
    }

    private Item range(Item item) {
        PlanRefusedException refusal = refused(aim -> aim instanceof Aim.Draw(var _, Protocol its)
                && WindowsDrift.about(its).equals(item.about()));
        return refusal == null ? item : cannot(item, refusal);
    }

    private interface Which {
        boolean test(Aim aim);
    }

    private @Nullable PlanRefusedException refused(Which which) {
        return refused.entrySet().stream()
                .filter(one -> which.test(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Item cannot(Item item, PlanRefusedException refusal) {
        return item.cannot(Objects.requireNonNull(refusal.getMessage()) + ": " + refusal.why(), refusal.next());
    }
}

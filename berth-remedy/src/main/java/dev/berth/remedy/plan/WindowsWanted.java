package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Recycling;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What several aims come to on Windows, which keeps exclusions and a range for each protocol.
 *
 * @param values of the registry, by setting, in the order of the aims; empty for one that is to go
 * @param starts services that are to run in the end
 */
record WindowsWanted(
        Map<Protocol, PortSet> reserve,
        Map<Protocol, PortSet> release,
        Map<Protocol, PortRange> ranges,
        SequencedMap<String, Optional<String>> values,
        SequencedSet<String> starts) {

    static WindowsWanted of(List<Aim> aims) throws PlanRefusedException {
        var wanted = new WindowsWanted(
                new EnumMap<>(Protocol.class),
                new EnumMap<>(Protocol.class),
                new EnumMap<>(Protocol.class),
                new LinkedHashMap<>(),
                new LinkedHashSet<>());
        for (Aim aim : aims) {
            switch (aim) {
                case Aim.Reserve(PortSet ports, Protocol protocol) ->
                    wanted.reserve.merge(protocol, ports, PortSet::plus);
                case Aim.Release(PortSet ports, Protocol protocol) ->
                    wanted.release.merge(protocol, ports, PortSet::plus);
                case Aim.Draw(PortRange range, Protocol protocol) ->
                    once(wanted.ranges, protocol, range, WindowsSetting.dynamicPorts(protocol));
                case Aim.Assign(String setting, String value)
                when WindowsSetting.isService(setting) && value.equals(WindowsSetting.RUNNING) ->
                    wanted.starts.add(WindowsSetting.name(setting));
                case Aim.Assign(String setting, String value) ->
                    once(
                            wanted.values,
                            registry(setting),
                            Optional.of(WindowsRules.canonical(setting, value)),
                            setting);
                case Aim.Remove(String setting) ->
                    once(wanted.values, registry(setting), Optional.<String>empty(), setting);
            }
        }
        for (Protocol protocol : Protocol.values()) {
            PortSet both = wanted.reserve(protocol).intersect(wanted.release(protocol));
            if (!both.isEmpty()) {
                throw contradiction(
                        "cannot reserve %s and release %s".formatted(both, both.size() == 1 ? "it" : "them"),
                        "two of the aims contradict each other");
            }
        }
        return wanted;
    }

    PortSet reserve(Protocol protocol) {
        return reserve.getOrDefault(protocol, PortSet.EMPTY);
    }

    PortSet release(Protocol protocol) {
        return release.getOrDefault(protocol, PortSet.EMPTY);
    }

    @Nullable
    PortRange range(Protocol protocol) {
        return ranges.get(protocol);
    }

    private static <K, V> void once(Map<K, V> all, K key, V value, String setting) throws PlanRefusedException {
        V before = all.put(key, value);
        if (before != null && !before.equals(value)) {
            throw contradiction("cannot set %s twice".formatted(setting), "two of the aims give it different values");
        }
    }

    private static String registry(String setting) throws PlanRefusedException {
        if (setting.equals(Recycling.SETTING)) {
            throw Planning.noReuse();
        }
        if (!WindowsSetting.isRegistry(setting)) {
            throw new PlanRefusedException(
                    WindowsSetting.isOne(setting) ? Kind.BAD_REQUEST : Kind.NOT_POSSIBLE,
                    "cannot set \"%s\" here".formatted(setting),
                    WindowsSetting.isOne(setting)
                            ? "it is merged with what is there, or examined first"
                            : "it is no setting of Windows",
                    "berth reserve, berth unreserve, berth range set, berth registry set");
        }
        return setting;
    }

    private static PlanRefusedException contradiction(String what, String why) {
        return new PlanRefusedException(Kind.BAD_REQUEST, what, why, "ask for one of them");
    }
}

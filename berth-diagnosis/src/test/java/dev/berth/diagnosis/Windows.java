package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.HostFacts;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.Tunable;
import dev.berth.platform.WindowsSetting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Windows made of values. */
public final class Windows {
    public static final HostFacts HOST =
            new HostFacts("windows", "10.0.19045", "db1", Instant.EPOCH, true, false, true);

    private Windows() {}

    /** What decides there about ports of each protocol and family: administered exclusions first, then the system's. */
    public static PortPolicy policy(String dynamic, String administered, String... bySystem) {
        PortSet reserved = PortSet.parse(administered);
        var excluded = new ArrayList<ExcludedRange>();
        reserved.ranges().forEach(range -> excluded.add(new ExcludedRange(range, true)));
        for (String range : bySystem) {
            excluded.add(new ExcludedRange(PortRange.parse(range), false));
        }
        return new PortPolicy(
                PortRange.parse(dynamic), reserved, List.of(), excluded, null, PortPolicy.Persistent.NOTHING);
    }

    public static Settings settings(String dynamic, String administered, String... bySystem) {
        return settings(policy(dynamic, administered, bySystem));
    }

    public static Settings settings(PortPolicy policy) {
        var policies = new HashMap<Scope, PortPolicy>();
        var tunables = new TreeMap<String, Tunable>();
        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                policies.put(new Scope(protocol, family), policy);
                put(
                        tunables,
                        WindowsSetting.excludedPorts(protocol, family),
                        policy.reserved().toString());
            }
            put(tunables, WindowsSetting.dynamicPorts(protocol), String.valueOf(policy.dynamic()));
        }
        return new Settings(policies, tunables, new TreeMap<>(), List.of());
    }

    private static void put(Map<String, Tunable> tunables, String name, String running) {
        tunables.put(name, new Tunable(name, running, List.of()));
    }
}

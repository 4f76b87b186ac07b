package dev.berth.lab;

import dev.berth.lab.scenario.BoundOnly;
import dev.berth.lab.scenario.BulkLoad;
import dev.berth.lab.scenario.Burst;
import dev.berth.lab.scenario.Cliff;
import dev.berth.lab.scenario.CloseWaitLeak;
import dev.berth.lab.scenario.Dnat;
import dev.berth.lab.scenario.Nodeport;
import dev.berth.lab.scenario.Reuseport;
import dev.berth.lab.scenario.SelfConnect;
import dev.berth.lab.scenario.Snat;
import dev.berth.lab.scenario.ThreeAm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All there are, in the order in which they are listed. */
public final class Scenarios {
    public static final List<Scenario> ALL = List.of(
            new ThreeAm(),
            new Burst(),
            new BulkLoad(),
            new Cliff(),
            new BoundOnly(),
            new SelfConnect(),
            new Dnat(),
            new Nodeport(),
            new CloseWaitLeak(),
            new Snat(),
            new Reuseport());

    private Scenarios() {}

    public static @Nullable Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}

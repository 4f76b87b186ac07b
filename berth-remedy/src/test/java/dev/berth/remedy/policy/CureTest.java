package dev.berth.remedy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.Tunable;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Terrain;
import dev.berth.remedy.policy.Item.Aspect;
import dev.berth.remedy.policy.Item.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class CureTest {
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final String POLICY = """
            services: [{name: SQL Server, port: 1433}]
            dynamicRange: {linux: 1024-65535}
            timeWaitReuse: "on"
            """;

    private final FakeTuning tuning =
            new FakeTuning().running(RESERVED, "").running(RANGE, "32768 60999").running("net.ipv4.tcp_tw_reuse", "2");
    private final FakeHostNetwork host = FakeHostNetwork.with().tuning(tuning);

    private Cure cure() throws Exception {
        Policy policy = PolicyReader.read(POLICY, "berth.yaml");
        Drift drift = Drift.of(policy, host, true);
        return Cure.permitted(policy, drift, Terrain.of(host, List.of()), new PlanOptions(true, false));
    }

    private static List<String> steps(Cure cure) {
        return cure.plan().steps().stream()
                .map(step -> step.place().label() + " " + step.setting())
                .toList();
    }

    private static List<Aspect> cannot(Cure cure) {
        return cure.drift().items().stream()
                .filter(item -> item.state() == State.CANNOT)
                .map(Item::aspect)
                .toList();
    }

    @Test
    void where_nothing_is_in_the_way_everything_is_planned() throws Exception {
        Cure cure = cure();
        assertThat(steps(cure)).hasSize(6);
        assertThat(cannot(cure)).isEmpty();
    }

    @Test
    void a_range_is_not_widened_for_a_start_at_which_its_servers_ports_are_not_reserved() throws Exception {
        tuning.after(RESERVED, new Tunable.Assignment("/etc/sysctl.d/zzz.conf", 1, "9999"));
        Cure cure = cure();
        assertThat(steps(cure))
                .containsExactly(
                        "running " + RESERVED,
                        "running " + RANGE,
                        "running net.ipv4.tcp_tw_reuse",
                        "persistent net.ipv4.tcp_tw_reuse");
        assertThat(cannot(cure)).containsExactly(Aspect.RESERVED_AT_START, Aspect.RANGE_AT_START);
    }

    @Test
    void a_range_that_cannot_last_leaves_the_reservation_to_last() throws Exception {
        tuning.after(RANGE, new Tunable.Assignment("/etc/sysctl.d/zzz.conf", 1, "40000 50001"));
        Cure cure = cure();
        assertThat(steps(cure)).contains("persistent " + RESERVED).doesNotContain("persistent " + RANGE);
        assertThat(cannot(cure)).containsExactly(Aspect.RANGE_AT_START);
    }

    @Test
    void settings_that_are_read_only_leave_the_file_for_the_next_start() throws Exception {
        tuning.obstacle(Place.RUNNING, new ActOutcome.NotOnThisSystem("/proc/sys is mounted read-only"));
        Cure cure = cure();
        assertThat(steps(cure)).hasSize(3).allMatch(step -> step.startsWith("persistent"));
        assertThat(cannot(cure)).containsExactly(Aspect.RESERVED_NOW, Aspect.RANGE_NOW, Aspect.REUSE_NOW);
    }

    @Test
    void what_takes_more_rights_stays_planned_where_nothing_is_left_without_it() throws Exception {
        for (Place place : Place.values()) {
            tuning.obstacle(place, new ActOutcome.NotPermitted("root"));
        }
        Cure cure = cure();
        assertThat(steps(cure)).hasSize(6);
        assertThat(cannot(cure)).isEmpty();
    }
}

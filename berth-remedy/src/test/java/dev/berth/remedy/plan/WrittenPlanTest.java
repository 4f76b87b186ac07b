package dev.berth.remedy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.net.Cases;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.Tunable.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What whoever writes a plan file by hand can have done: no more than whoever types the commands. */
class WrittenPlanTest {
    private static final String LIST = "net.ipv4.ip_local_reserved_ports";
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final String BUCKETS = "net.ipv4.tcp_max_tw_buckets";

    private final FakeTuning tuning = new FakeTuning()
            .running(LIST, "8080")
            .running(RANGE, "32768 60999")
            .running("net.ipv4.tcp_tw_reuse", "2")
            .running(BUCKETS, "131072");

    private Terrain terrain(String... sockets) throws Exception {
        return Terrain.of(FakeHostNetwork.with(sockets).tuning(tuning), List.of());
    }

    private static Step running(String setting, String from, String to) {
        return new Step(setting, Place.RUNNING, from, to, Fix.Risk.NONE, "it is harmless");
    }

    private static Step persistent(String setting, @Nullable String from, @Nullable String to) {
        return new Step(setting, Place.PERSISTENT, from, to, Fix.Risk.NONE, "it is harmless");
    }

    private Plan written(Step... steps) throws Exception {
        return new Plan(terrain().netns(), List.of(steps), List.of());
    }

    private @Nullable String difference(Plan written, Terrain terrain, boolean force) throws Exception {
        return WrittenPlan.difference(written, WrittenPlan.afresh(written, terrain, force));
    }

    private String refused(Plan written, boolean force) throws Exception {
        Terrain terrain = terrain();
        PlanRefusedException refused =
                catchThrowableOfType(PlanRefusedException.class, () -> WrittenPlan.afresh(written, terrain, force));
        assertThat(refused).isNotNull();
        return String.valueOf(refused.getMessage());
    }

    @Test
    void what_was_planned_is_planned_again_with_berths_own_words() {
        Cases.of(WrittenPlanTest::aims).seed(Cases.fresh()).forEach(aims -> {
            try {
                var options = new PlanOptions(aims.size() % 2 == 0, true);
                Plan plan = Planning.outline(aims, terrain(), options);
                Plan doubtful = new Plan(
                        plan.netns(),
                        plan.steps().reversed().stream()
                                .map(step -> new Step(
                                        step.setting(),
                                        step.place(),
                                        step.from(),
                                        step.to(),
                                        Fix.Risk.NONE,
                                        "it is harmless",
                                        step.asked()))
                                .toList(),
                        List.of());
                Plan fresh = WrittenPlan.afresh(doubtful, terrain(), true);
                assertThat(WrittenPlan.difference(doubtful, fresh)).isNull();
                assertThat(fresh.steps()).isEqualTo(plan.steps());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static List<Aim> aims(Random random) {
        var aims = new ArrayList<Aim>();
        if (random.nextBoolean()) {
            int first = 1 + random.nextInt(60_000);
            aims.add(new Aim.Reserve(PortSet.of(new PortRange(first, first + random.nextInt(9)))));
        }
        if (random.nextInt(3) == 0) {
            aims.add(new Aim.Release(PortSet.parse("8080")));
        }
        if (random.nextBoolean()) {
            aims.add(new Aim.Draw(new PortRange(20_000 + random.nextInt(9_000), 60_999)));
        }
        if (random.nextBoolean()) {
            aims.add(new Aim.Assign("net.ipv4.tcp_tw_reuse", String.valueOf(random.nextInt(3))));
        }
        return aims;
    }

    @Test
    void time_waits_are_not_lowered_in_any_place() throws Exception {
        assertThat(refused(written(running(BUCKETS, "131072", "1000")), true)).contains("is not lowered");
        assertThat(refused(written(persistent(BUCKETS, null, "0")), true)).contains("is not lowered");
        tuning.before(BUCKETS, new Assignment("/etc/sysctl.d/50-db.conf", 1, "500000"));
        assertThat(refused(written(persistent(BUCKETS, null, "200000")), true)).contains("is not lowered");
    }

    @Test
    void no_rail_is_got_round() throws Exception {
        Plan tiny = written(running(RANGE, "32768 60999", "50000 50001"));
        assertThat(refused(tiny, false)).contains("would leave outgoing connections 2 ");
        assertThat(difference(tiny, terrain(), true)).isNull();
        assertThat(refused(written(running(RANGE, "32768 60999", "50000 60000")), false))
                .contains("same parity");
        assertThat(refused(written(running(RANGE, "32768 60999", "500 60999")), true))
                .contains("the kernel refuses");
        assertThat(refused(written(running("net.ipv4.tcp_tw_recycle", "0", "1")), true))
                .contains("not for use");
    }

    @Test
    void a_server_that_has_come_since_must_be_reserved_first() throws Exception {
        Plan wide = written(running(RANGE, "32768 60999", "20000 60999"));
        assertThat(difference(wide, terrain(), false)).isNull();
        assertThat(difference(wide, terrain("0.0.0.0:21433 LISTEN db(42)"), false))
                .isEqualTo(LIST + " is to become 8080,21433 here, and the plan leaves it as it is");
    }

    @Test
    void what_others_reserve_is_not_dropped() throws Exception {
        assertThat(difference(written(running(LIST, "8080", "1433")), terrain(), false))
                .isNull(); // as unreserve does
        tuning.before(LIST, new Assignment("/etc/sysctl.d/50-db.conf", 1, "9000"));
        assertThat(difference(written(running(LIST, "8080", "1433,8080")), terrain(), false))
                .isEqualTo(LIST + " is to become 1433,8080,9000 here, and the plan has 1433,8080");
    }

    @Test
    void a_list_that_asks_for_nothing_is_no_plan() throws Exception {
        var nothing = new Step(LIST, Place.RUNNING, "8080", "", Fix.Risk.NONE, "why", PortSet.EMPTY);
        assertThat(difference(written(nothing), terrain(), true))
                .isEqualTo(LIST + " is to stay as it is here, and the plan has empty");
        Plan both = written(running(LIST, "8080", "1433,8080"), persistent(LIST, "1433", null));
        assertThat(refused(both, true)).contains("cannot reserve 1433 and release it");
    }
}

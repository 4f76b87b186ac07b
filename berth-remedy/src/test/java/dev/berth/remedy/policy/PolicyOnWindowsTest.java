package dev.berth.remedy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.Gap;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.Step;
import dev.berth.remedy.plan.StepsSeen;
import dev.berth.remedy.plan.Terrain;
import dev.berth.remedy.policy.Item.Aspect;
import dev.berth.remedy.policy.Item.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyOnWindowsTest {
    private static final String SQL = "services: [{name: SQL Server, port: 1433}]";
    private static final PlanOptions PLAIN = new PlanOptions(true, false);
    private static final PlanOptions SERVICES = new PlanOptions(true, false, Set.of(Restart.SERVICES));
    private static final PlanOptions WINNAT = new PlanOptions(true, false, Set.of(Restart.WINNAT));

    private final FakeTuning tuning = new FakeTuning()
            .excluded(Protocol.TCP, "")
            .excluded(Protocol.UDP, "")
            .persistent("tcp.dynamicport", "49152-65535")
            .persistent("udp.dynamicport", "49152-65535");

    private FakeHostNetwork host(String excluded, String... sockets) {
        var policy = new PortPolicy(
                new PortRange(49152, 65535),
                PortSet.parse(excluded),
                List.of(),
                List.of(new ExcludedRange(PortRange.parse("50366-50465"), false)),
                null,
                PortPolicy.Persistent.NOTHING);
        tuning.excluded(Protocol.TCP, excluded);
        return FakeHostNetwork.windows(policy, sockets).tuning(tuning);
    }

    private FakeHostNetwork withSql(String excluded) {
        tuning.running("service.MSSQLSERVER", "running");
        return host(excluded, "0.0.0.0:1433 LISTEN sqlservr.exe(42)")
                .process(new ProcessInfo(42, "sqlservr.exe", null, null, null, "MSSQLSERVER", null));
    }

    private static Cure cure(String text, FakeHostNetwork host, PlanOptions options) throws Exception {
        Policy policy = PolicyReader.read(text, "berth.yaml");
        return Cure.of(policy, Drift.of(policy, host, true), Terrain.of(host, List.of()), options);
    }

    private static List<String> steps(Cure cure) {
        return StepsSeen.of(cure.plan());
    }

    private static List<Item> reserved(Cure cure) {
        return cure.drift().items().stream()
                .filter(item -> item.aspect() == Aspect.RESERVED_NOW)
                .toList();
    }

    @Test
    void a_port_that_is_not_excluded_is_drift_of_its_protocol() throws Exception {
        String policy = "services: [{name: a, port: 1433}, {name: b, port: 53, protocol: udp}]";
        Cure cure = cure(policy, host(""), PLAIN);
        assertThat(cure.drift().aims())
                .containsExactly(
                        new Aim.Reserve(PortSet.parse("1433"), Protocol.TCP),
                        new Aim.Reserve(PortSet.parse("53"), Protocol.UDP));
        assertThat(steps(cure)).containsExactly("tcp.excludedportrange:  -> 1433", "udp.excludedportrange:  -> 53");
        assertThat(cure.plan().steps()).extracting(Step::place).containsOnly(Place.PERSISTENT);
    }

    @Test
    void a_host_that_is_as_wanted_has_no_aims_while_its_service_runs() throws Exception {
        Drift drift = Drift.of(PolicyReader.read(SQL, ""), withSql("1433"), true);
        assertThat(drift.inOrder()).isTrue();
        assertThat(drift.aims()).isEmpty();
    }

    @Test
    void a_port_that_its_own_service_holds_is_pending_and_stops_no_other() throws Exception {
        Cure cure = cure("services: [{name: SQL Server, ports: '1433,5022'}]", withSql(""), PLAIN);
        assertThat(steps(cure)).containsExactly("tcp.excludedportrange:  -> 5022");
        assertThat(reserved(cure))
                .extracting(Item::state, Item::text)
                .containsExactly(
                        tuple(State.DRIFT, "5022 is not excluded for good"),
                        tuple(
                                State.PENDING,
                                "cannot exclude TCP 1433 while it is held: the service MSSQLSERVER (sqlservr.exe, pid 42) holds it,"
                                        + " and Windows excludes no port that is held, not even by its own service (error 32)"));
        assertThat(reserved(cure).getLast().next()).startsWith("the same with --restart-services");
    }

    @Test
    void with_leave_it_is_stopped_excluded_and_started() throws Exception {
        Cure cure = cure(SQL, withSql(""), SERVICES);
        assertThat(steps(cure))
                .containsExactly(
                        "service.MSSQLSERVER: running -> stopped",
                        "tcp.excludedportrange:  -> 1433",
                        "service.MSSQLSERVER: stopped -> running");
        assertThat(reserved(cure)).extracting(Item::state).containsExactly(State.DRIFT);
    }

    @Test
    void nothing_is_restarted_where_everything_is_excluded() throws Exception {
        assertThat(cure(SQL, withSql("1433"), SERVICES).plan().steps()).isEmpty();
    }

    @Test
    void a_block_of_winnat_cannot_be_excluded_unless_winnat_may_be_restarted() throws Exception {
        tuning.running("service.winnat", "running");
        String policy = "services: [{name: a, ports: '8080,50400'}]";
        Cure cure = cure(policy, host(""), SERVICES);
        assertThat(steps(cure)).containsExactly("tcp.excludedportrange:  -> 8080");
        assertThat(reserved(cure)).extracting(Item::state).containsExactly(State.DRIFT, State.CANNOT);
        assertThat(steps(cure(policy, host(""), WINNAT)))
                .containsExactly(
                        "service.winnat: running -> stopped",
                        "tcp.excludedportrange:  -> 8080,50400",
                        "service.winnat: stopped -> running");
    }

    @Test
    void a_port_that_the_system_keeps_is_not_free_to_bind_though_nobody_holds_it() throws Exception {
        String policy = "services: [{name: a, ports: '8080,50400-50401'}]";
        Drift drift = Drift.of(PolicyReader.read(policy, ""), host("8080,50400-50401"), true);
        assertThat(drift.inOrder()).isFalse();
        assertThat(drift.items())
                .filteredOn(item -> item.aspect() == Aspect.BINDABLE)
                .extracting(Item::state, Item::text, Item::next)
                .containsExactly(
                        tuple(State.OK, "tcp 8080: free to bind", null),
                        tuple(
                                State.PENDING,
                                "tcp 50400-50401: they lie in the excluded range 50366-50465 (known for: WinNAT or the Host"
                                        + " Networking Service (containers, WSL2, Hyper-V), which take blocks of 100 in the dynamic"
                                        + " range, anew at each start; by its numbers, no table of Windows names who made it), where"
                                        + " Windows refuses a bind (10013)",
                                "berth why 50400 has the ways out"));
    }

    @Test
    void what_ends_with_the_next_restart_is_told_with_the_way_to_exclude_it_for_good() throws Exception {
        var policy = new PortPolicy(
                new PortRange(49152, 65535),
                PortSet.parse("1433,8080"),
                List.of(),
                List.of(new ExcludedRange(PortRange.of(1433), true), new ExcludedRange(PortRange.of(8080), true)),
                null,
                new PortPolicy.Persistent(null, null, PortSet.parse("1433"), "netsh store=persistent"));
        tuning.excluded(Protocol.TCP, "1433,8080");
        Cure cure = cure(
                "services: [{name: a, ports: '1433,8080,9000'}]",
                FakeHostNetwork.windows(policy).tuning(tuning),
                PLAIN);
        assertThat(steps(cure)).containsExactly("tcp.excludedportrange: 1433,8080 -> 1433,8080,9000");
        assertThat(reserved(cure))
                .extracting(Item::state, Item::text)
                .containsExactly(
                        tuple(State.DRIFT, "9000 is not excluded for good"),
                        tuple(
                                State.CANNOT,
                                "cannot exclude TCP 8080 for good: it is excluded until the next restart only, and netsh excludes"
                                        + " nothing twice"));
        assertThat(reserved(cure).getLast().next()).contains("delete excludedportrange protocol=tcp startport=8080");
    }

    @Test
    void the_ranges_of_windows_are_set_and_that_of_linux_is_passed_over() throws Exception {
        String policy =
                "dynamicRange: {linux: 10240-65535, windows: {tcp: 50000-65535, udp: 49152-65535}}\ntimeWaitReuse: loopback";
        Cure cure = cure(policy, host(""), PLAIN);
        assertThat(steps(cure)).containsExactly("tcp.dynamicport: 49152-65535 -> 50000-65535");
        assertThat(cure.drift().items())
                .extracting(Item::aspect, Item::about, Item::state)
                .containsExactly(tuple(Aspect.RANGE_NOW, "TCP", State.DRIFT), tuple(Aspect.RANGE_NOW, "UDP", State.OK));
        assertThat(cure.drift().gaps())
                .contains(new Gap(
                        "timeWaitReuse of the policy", "it is a setting of Linux, and Windows has none like it"));
    }

    @Test
    void a_range_that_leaves_too_few_ports_stops_no_exclusion() throws Exception {
        Cure cure = cure(SQL + "\ndynamicRange: {windows: {tcp: 65000-65535}}", host(""), PLAIN);
        assertThat(steps(cure)).containsExactly("tcp.excludedportrange:  -> 1433");
        assertThat(cure.drift().items()).extracting(Item::state).contains(State.CANNOT);
    }

    @Test
    void exclusions_that_could_not_be_read_are_no_exclusions() throws Exception {
        var host = host("").setting("tcp.ipv6.excludedportrange", null);
        Drift drift = Drift.of(PolicyReader.read(SQL, ""), host, true);
        assertThat(drift.items().getFirst().state()).isEqualTo(State.CANNOT);
        assertThat(drift.aims()).isEmpty();
    }

    @Test
    void a_service_is_known_by_its_name_or_its_program() throws Exception {
        for (String by : List.of("unit: MSSQLSERVER", "process: sqlservr")) {
            String policy = "services: [{name: SQL Server, port: 1433, %s}]".formatted(by);
            Drift drift = Drift.of(PolicyReader.read(policy, ""), withSql("1433"), true);
            assertThat(drift.inOrder()).as(by).isTrue();
        }
    }

    @Test
    void a_peak_has_to_fit_where_a_time_wait_lasts_as_long_as_any_source_says() throws Exception {
        String policy = "destinations: [{to: \"10.1.2.3:443\", peakConnectionsPerSecond: %d}]";
        Drift fits = Drift.of(PolicyReader.read(policy.formatted(60), ""), host(""), true);
        assertThat(fits.items().getFirst().state()).isEqualTo(State.OK);
        Drift late = Drift.of(PolicyReader.read(policy.formatted(100), ""), host(""), true);
        assertThat(late.items().getFirst().state()).isEqualTo(State.CANNOT);
        assertThat(late.items().getFirst().text())
                .contains("where a TIME_WAIT lasts 240 s, the longest that is documented")
                .contains("where it lasts 30 s, the shortest; which it is here is not known");
    }
}

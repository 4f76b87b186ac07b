package dev.berth.remedy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.Ancestry;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.FakeControl;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowsPlanningTest {
    private static final String TCP_LIST = "tcp.excludedportrange";
    private static final String UDP_LIST = "udp.excludedportrange";
    private static final String TCP_RANGE = "tcp.dynamicport";
    private static final String UDP_RANGE = "udp.dynamicport";

    private static final PlanOptions PLAIN = new PlanOptions(false, false);
    private static final PlanOptions SERVICES = new PlanOptions(false, false, Set.of(Restart.SERVICES));
    private static final PlanOptions WINNAT = new PlanOptions(false, false, Set.of(Restart.WINNAT));
    private static final PlanOptions BOTH = new PlanOptions(false, false, Set.of(Restart.values()));

    private final FakeTuning tuning = new FakeTuning()
            .excluded(Protocol.TCP, "50000-50059")
            .excluded(Protocol.UDP, "")
            .persistent(TCP_RANGE, "49152-65535")
            .persistent(UDP_RANGE, "49152-65535");
    private FakeHostNetwork host = host();

    private FakeHostNetwork host(String... sockets) {
        return FakeHostNetwork.windows(policy(), sockets).tuning(tuning);
    }

    /** As in localsend/localsend#125 and docker/for-win#3171, shortened. */
    private static PortPolicy policy() {
        return new PortPolicy(
                new PortRange(49152, 65535),
                PortSet.parse("50000-50059"),
                List.of(),
                List.of(
                        new ExcludedRange(PortRange.parse("1583-1682"), false),
                        new ExcludedRange(PortRange.of(5985), false),
                        new ExcludedRange(PortRange.parse("50000-50059"), true),
                        new ExcludedRange(PortRange.parse("50366-50465"), false)),
                null,
                PortPolicy.Persistent.NOTHING);
    }

    private void service(int pid, String process, String service) {
        host.process(new ProcessInfo(pid, process, null, null, null, service, null));
    }

    private Plan plan(PlanOptions options, Aim... aims) throws Exception {
        return Planning.of(List.of(aims), Terrain.of(host, List.of()), options);
    }

    private PlanRefusedException refused(PlanOptions options, Aim... aims) {
        PlanRefusedException refused = catchThrowableOfType(PlanRefusedException.class, () -> plan(options, aims));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static Aim reserve(String ports) {
        return new Aim.Reserve(PortSet.parse(ports), Protocol.TCP);
    }

    private static Aim release(String ports) {
        return new Aim.Release(PortSet.parse(ports), Protocol.TCP);
    }

    private static Aim draw(String range, Protocol protocol) {
        return new Aim.Draw(PortRange.parse(range), protocol);
    }

    private static List<String> steps(Plan plan) {
        return StepsSeen.of(plan);
    }

    private static Step exclusion(String setting) {
        return new Step(setting, Place.PERSISTENT, "50000-50059", "1433,50000-50059", Fix.Risk.LOW, "why");
    }

    @Test
    void ports_are_excluded_beside_those_that_are() throws Exception {
        Plan plan = plan(PLAIN, reserve("1433,5022"));
        assertThat(steps(plan)).containsExactly(TCP_LIST + ": 50000-50059 -> 1433,5022,50000-50059");
        assertThat(plan.steps()).extracting(Step::place).containsOnly(Place.PERSISTENT);
        assertThat(plan.steps().getFirst().asked()).isEqualTo(PortSet.parse("1433,5022"));
        assertThat(plan.notes())
                .containsExactly(
                        "Windows containers cannot publish a port that is excluded: HNS takes it for taken.",
                        "netsh keeps it (store=persistent): it is in force at once, and after each restart.");
    }

    @Test
    void what_one_family_has_is_asked_of_the_other_only() throws Exception {
        tuning.persistent("tcp.ipv4.excludedportrange", "1433,50000-50059");
        assertThat(steps(plan(PLAIN, reserve("1433"))))
                .containsExactly("tcp.ipv6.excludedportrange: 50000-50059 -> 1433,50000-50059");
        assertThat(steps(plan(PLAIN, release("1433"))))
                .containsExactly("tcp.ipv4.excludedportrange: 1433,50000-50059 -> 50000-50059");
    }

    private FakeHostNetwork host(PortSet lasting, String administered, String... sockets) {
        var blocks = PortSet.parse(administered).ranges();
        tuning.excluded(Protocol.TCP, administered);
        var policy = new PortPolicy(
                new PortRange(49152, 65535),
                PortSet.of(blocks),
                List.of(),
                blocks.stream().map(block -> new ExcludedRange(block, true)).toList(),
                null,
                new PortPolicy.Persistent(null, null, lasting, "netsh store=persistent"));
        return FakeHostNetwork.windows(policy, sockets).tuning(tuning);
    }

    @Test
    void what_ends_with_the_next_restart_is_not_taken_for_excluded_for_good() throws Exception {
        host = host(PortSet.parse("1433"), "1433,8080-8090");
        PlanRefusedException refused = refused(PLAIN, reserve("1433,8085"));
        assertThat(refused).hasMessage("cannot exclude TCP 8085 for good");
        assertThat(refused.why())
                .isEqualTo("it is excluded until the next restart only, and netsh excludes nothing twice");
        assertThat(refused.next())
                .startsWith(
                        "netsh interface ipv4 delete excludedportrange protocol=tcp startport=8080 numberofports=11")
                .endsWith("; then the same");
        assertThat(plan(PLAIN, reserve("1433")).steps()).isEmpty();
    }

    @Test
    void the_block_of_hns_is_excluded_again_at_each_start() throws Exception {
        host = host(PortSet.parse("1433"), "1433,50000-50059");
        assertThat(plan(PLAIN, reserve("50010")).steps()).isEmpty();
        assertThat(plan(PLAIN, release("50010")).notes())
                .anyMatch(note -> note.contains("the block of the Host Networking Service"));
    }

    @Test
    void what_would_come_back_for_good_is_said_before_it_is_taken_out() throws Exception {
        host = host(PortSet.parse("1433"), "1433,8080-8090");
        assertThat(plan(PLAIN, release("8080-8090")).notes())
                .anyMatch(note -> note.startsWith("8080-8090 is excluded until the next restart only"));
        assertThat(plan(PLAIN, release("1433")).notes()).noneMatch(note -> note.contains("restart only"));
    }

    @Test
    void a_port_is_not_taken_out_of_a_block_whose_rest_is_held() throws Exception {
        host = host(PortSet.parse("8080-8090"), "8080-8090", "0.0.0.0:8081 LISTEN web.exe(42)");
        PlanRefusedException refused = refused(PLAIN, release("8085"));
        assertThat(refused).hasMessage("cannot take TCP 8085 out of its block 8080-8090");
        assertThat(refused.why()).contains("would not exclude 8081 again, which a socket holds");
        assertThat(refused.next()).isEqualTo("berth free 8081 first, or release the block whole");
        assertThat(steps(plan(PLAIN, release("8080-8090")))).hasSize(1);
    }

    @Test
    void each_protocol_has_its_own_list() throws Exception {
        Plan plan = plan(PLAIN, reserve("1433"), new Aim.Reserve(PortSet.parse("1434"), Protocol.UDP));
        assertThat(steps(plan))
                .containsExactly(TCP_LIST + ": 50000-50059 -> 1433,50000-50059", UDP_LIST + ":  -> 1434");
    }

    @Test
    void what_is_excluded_already_takes_no_step_even_while_it_is_held() throws Exception {
        host = host("0.0.0.0:50001 LISTEN agent(7)");
        assertThat(plan(PLAIN, reserve("50001")).steps()).isEmpty();
    }

    @Test
    void an_exclusion_is_released_and_a_system_made_one_is_not() throws Exception {
        Plan plan = plan(PLAIN, new Aim.Release(PortSet.parse("50000-50009,5985"), Protocol.TCP));
        assertThat(steps(plan)).containsExactly(TCP_LIST + ": 50000-50059 -> 50010-50059");
        assertThat(plan.notes()).contains("The system has excluded 5985 itself, so it cannot be released.");
    }

    @Test
    void a_port_that_its_own_service_holds_is_refused_before_netsh_is_asked() {
        host = host("0.0.0.0:1433 LISTEN sqlservr.exe(42)");
        service(42, "sqlservr.exe", "MSSQLSERVER");
        PlanRefusedException refused = refused(PLAIN, reserve("1433"));
        assertThat(refused).hasMessage("cannot exclude TCP 1433 while it is held");
        assertThat(refused.why())
                .isEqualTo(
                        "the service MSSQLSERVER (sqlservr.exe, pid 42) holds it, and Windows excludes no port that is held,"
                                + " not even by its own service (error 32)");
        assertThat(refused.next())
                .isEqualTo("the same with --restart-services, which stops MSSQLSERVER, excludes, and starts it again");
        assertThat(refused.kind()).isEqualTo(Kind.NOT_POSSIBLE);
    }

    @Test
    void with_leave_the_service_is_stopped_the_port_excluded_and_the_service_started() throws Exception {
        host = host(
                "0.0.0.0:1433 LISTEN sqlservr.exe(42)", "10.0.0.1:1433 -> 10.0.0.9:5000 ESTABLISHED sqlservr.exe(42)");
        service(42, "sqlservr.exe", "MSSQLSERVER");
        tuning.running("service.MSSQLSERVER", "running");
        Plan plan = plan(SERVICES, reserve("1433"));
        assertThat(steps(plan))
                .containsExactly(
                        "service.MSSQLSERVER: running -> stopped",
                        TCP_LIST + ": 50000-50059 -> 1433,50000-50059",
                        "service.MSSQLSERVER: stopped -> running");
        assertThat(plan.notes()).contains("While it is stopped nobody is served: MSSQLSERVER.");
    }

    @Test
    void those_that_need_the_service_stop_before_it_and_start_after_it() throws Exception {
        host = host("0.0.0.0:1433 LISTEN sqlservr.exe(42)");
        service(42, "sqlservr.exe", "MSSQLSERVER");
        tuning.running("service.MSSQLSERVER", "running").dependents("MSSQLSERVER", "Reports", "SQLSERVERAGENT");
        Plan plan = plan(SERVICES, reserve("1433"));
        assertThat(steps(plan))
                .filteredOn(step -> step.startsWith("service."))
                .containsExactly(
                        "service.Reports: running -> stopped",
                        "service.SQLSERVERAGENT: running -> stopped",
                        "service.MSSQLSERVER: running -> stopped",
                        "service.MSSQLSERVER: stopped -> running",
                        "service.SQLSERVERAGENT: stopped -> running",
                        "service.Reports: stopped -> running");
        assertThat(plan.steps().getFirst().why()).isEqualTo("it needs MSSQLSERVER");
        assertThat(plan.notes())
                .contains("While it is stopped nobody is served: Reports, SQLSERVERAGENT, MSSQLSERVER.");
    }

    @Test
    void those_that_need_winnat_start_after_it() throws Exception {
        tuning.running("service.winnat", "running").dependents("winnat", "natservice");
        assertThat(steps(plan(WINNAT, reserve("50400"))))
                .filteredOn(step -> step.startsWith("service."))
                .containsExactly(
                        "service.natservice: running -> stopped",
                        "service.winnat: running -> stopped",
                        "service.winnat: stopped -> running",
                        "service.natservice: stopped -> running");
    }

    @Test
    void the_service_that_this_berth_runs_below_is_not_stopped() {
        host = host("0.0.0.0:22 LISTEN sshd.exe(42)");
        var sshd = new ProcessRef(42, Instant.EPOCH);
        new FakeControl(host).calledBy(new Ancestry(List.of(sshd), true));
        service(42, "sshd.exe", "sshd");
        PlanRefusedException refused = refused(SERVICES, reserve("22"));
        assertThat(refused.next()).startsWith("this Berth runs below it and would end with it");
    }

    @Test
    void leave_to_restart_services_restarts_none_that_holds_nothing() throws Exception {
        Plan plan = plan(SERVICES, reserve("1433"));
        assertThat(steps(plan)).hasSize(1);
        assertThat(plan.notes()).contains("No service holds any of the ports, so none is restarted.");
    }

    @Test
    void a_process_that_is_no_service_of_its_own_is_nobodys_to_restart() {
        host = host("0.0.0.0:8080 LISTEN java.exe(42)");
        assertThat(refused(BOTH, reserve("8080")).next()).isEqualTo("berth free 8080, then the same");
        service(42, "svchost.exe", "RpcEptMapper+RpcSs");
        PlanRefusedException shared = refused(BOTH, reserve("8080"));
        assertThat(shared.why())
                .startsWith("one of the services RpcEptMapper, RpcSs, which share svchost.exe (pid 42), holds it");
        assertThat(shared.next()).isEqualTo("stop the one that holds it, then the same");
    }

    @Test
    void a_port_of_http_sys_names_the_tool_that_knows_and_ends_nothing() {
        host = host("0.0.0.0:80 LISTEN System(4)");
        PlanRefusedException refused = refused(BOTH, reserve("80"));
        assertThat(refused.why()).startsWith("http.sys or another driver (pid 4) holds it");
        assertThat(refused.next()).startsWith("netsh http show servicestate");
    }

    @Test
    void a_clients_connection_holds_a_port_and_a_closed_one_does_not() throws Exception {
        host = host("10.0.0.1:1433 -> 10.0.0.9:443 ESTABLISHED chrome.exe(42)");
        PlanRefusedException refused = refused(PLAIN, reserve("1433"));
        assertThat(refused.why()).startsWith("chrome.exe (pid 42), for a connection to 10.0.0.9:443, holds it");
        assertThat(refused.next()).isEqualTo("berth free 1433, then the same");
        host = host("10.0.0.1:1433 -> 10.0.0.9:443 TIME_WAIT");
        assertThat(steps(plan(PLAIN, reserve("1433")))).hasSize(1);
    }

    @Test
    void a_socket_of_the_other_protocol_is_in_nobodys_way() throws Exception {
        host = host("udp 0.0.0.0:1433 BOUND sqlbrowser.exe(42)");
        assertThat(steps(plan(PLAIN, reserve("1433")))).hasSize(1);
    }

    @Test
    void a_block_of_winnat_is_refused_with_what_would_help_and_what_that_costs() {
        tuning.running("service.winnat", "running");
        PlanRefusedException refused = refused(SERVICES, reserve("50400"));
        assertThat(refused).hasMessage("cannot exclude TCP 50400: Windows has taken it for itself");
        assertThat(refused.why())
                .isEqualTo("50366-50465 looks like a block of WinNAT or HNS, which they take anew at each start");
        assertThat(refused.next())
                .isEqualTo(
                        "the same with --restart-winnat: WSL2, containers and Hyper-V NAT lose their network meanwhile");
    }

    @Test
    void with_leave_winnat_is_stopped_the_port_excluded_and_winnat_started() throws Exception {
        tuning.running("service.winnat", "running");
        Plan plan = plan(WINNAT, reserve("1600,50400"));
        assertThat(steps(plan))
                .containsExactly(
                        "service.winnat: running -> stopped",
                        TCP_LIST + ": 50000-50059 -> 1600,50000-50059,50400",
                        "service.winnat: stopped -> running");
        assertThat(plan.steps())
                .extracting(Step::risk)
                .containsExactly(Fix.Risk.HIGH, Fix.Risk.LOW, Fix.Risk.LOW, Fix.Risk.HIGH);
        assertThat(plan.notes())
                .anyMatch(note -> note.contains("WSL2, containers and the NAT of Hyper-V have no network"));
    }

    @Test
    void a_block_that_is_none_of_winnats_stays_the_systems() {
        tuning.running("service.winnat", "running");
        assertThat(refused(BOTH, reserve("5985")).why())
                .isEqualTo(
                        "5985 was excluded by the system (known for: WinRM over HTTP; by its numbers, no table of Windows names"
                                + " who made it), and netsh excludes nothing twice (error 32)");
        tuning.running("service.winnat", "stopped");
        assertThat(refused(BOTH, reserve("50400")).next()).startsWith("berth suggest names another port");
    }

    @Test
    void services_stop_before_winnat_and_start_before_it() throws Exception {
        host = host("0.0.0.0:1433 LISTEN sqlservr.exe(42)");
        service(42, "sqlservr.exe", "MSSQLSERVER");
        tuning.running("service.MSSQLSERVER", "running").running("service.winnat", "running");
        Plan plan = plan(BOTH, reserve("1433,50400"), draw("50000-65535", Protocol.TCP));
        assertThat(plan.steps())
                .extracting(Step::setting)
                .containsExactly(
                        "service.MSSQLSERVER",
                        "service.winnat",
                        "tcp.ipv4.excludedportrange",
                        "tcp.ipv6.excludedportrange",
                        TCP_RANGE,
                        "service.MSSQLSERVER",
                        "service.winnat");
    }

    @Test
    void a_range_is_set_for_the_protocols_that_were_named() throws Exception {
        assertThat(steps(plan(PLAIN, draw("10000-65535", Protocol.TCP))))
                .containsExactly(TCP_RANGE + ": 49152-65535 -> 10000-65535");
        tuning.persistent(UDP_RANGE, "49152-65535 ipv6 1024-15000");
        assertThat(steps(plan(PLAIN, draw("49152-65535", Protocol.TCP), draw("49152-65535", Protocol.UDP))))
                .containsExactly(UDP_RANGE + ": 49152-65535 ipv6 1024-15000 -> 49152-65535");
    }

    @Test
    void a_range_that_netsh_would_not_take_is_refused_before_it_is_asked() {
        for (String range : List.of("1024-65535", "49152-49405")) {
            PlanRefusedException refused = refused(PLAIN, draw(range, Protocol.TCP));
            assertThat(refused).hasMessage("Windows takes no dynamic range " + range);
            assertThat(refused.why()).isEqualTo("it starts at 1025 or above, and has 255 ports or more");
            assertThat(refused.kind()).isEqualTo(Kind.BAD_REQUEST);
        }
    }

    @Test
    void a_range_that_cannot_be_read_is_not_replaced() {
        tuning.persistent(TCP_RANGE, "?");
        assertThat(refused(PLAIN, draw("10000-65535", Protocol.TCP))).hasMessage("cannot tell what tcp.dynamicport is");
    }

    @Test
    void servers_in_a_wider_range_are_excluded_first_where_they_can_be_and_else_named() throws Exception {
        host = host("0.0.0.0:11433 LISTEN sqlservr.exe(42)").configured(configured("web", 18080));
        Plan plan = plan(PLAIN, draw("10000-65535", Protocol.TCP));
        assertThat(steps(plan))
                .containsExactly(
                        TCP_LIST + ": 50000-50059 -> 18080,50000-50059", TCP_RANGE + ": 49152-65535 -> 10000-65535");
        assertThat(plan.notes())
                .contains("Excluded first, as services are configured to listen on it in the range: 18080.")
                .anyMatch(note -> note.startsWith("Held now, so it cannot be excluded") && note.contains("tcp 11433"));
    }

    @Test
    void of_servers_that_cannot_be_excluded_now_each_has_a_way_that_works() throws Exception {
        host = host("0.0.0.0:11433 LISTEN sqlservr.exe(42)", "0.0.0.0:19000 LISTEN hand.exe(43)");
        service(42, "sqlservr.exe", "MSSQLSERVER");
        assertThat(plan(PLAIN, draw("10000-65535", Protocol.TCP)).notes())
                .anyMatch(note -> note.endsWith("tcp 11433,19000; berth reserve 11433 --restart-services excludes it,"
                        + " berth reserve 19000 tells who has to let go first."));
    }

    private static Service configured(String name, int port) {
        return new Service(name, Protocol.TCP, PortRange.of(port), null, null, "web.config:3", true);
    }

    @Test
    void a_low_start_where_winnat_is_tells_whose_ports_its_blocks_would_take() throws Exception {
        tuning.running("service.winnat", "stopped");
        assertThat(plan(PLAIN, draw("10000-65535", Protocol.TCP)).notes())
                .anyMatch(note -> note.startsWith("WinNAT and HNS take blocks of 100 ports"));
        assertThat(plan(PLAIN, draw("50000-65535", Protocol.TCP)).notes())
                .noneMatch(note -> note.startsWith("WinNAT and HNS take blocks of 100 ports"));
    }

    @Test
    void a_legacy_value_is_set_by_name_within_its_limits_and_with_its_truth() throws Exception {
        Plan plan = plan(PLAIN, new Aim.Assign("registry.MaxUserPort", "065534"));
        assertThat(steps(plan)).containsExactly("registry.MaxUserPort: null -> 65534");
        assertThat(plan.notes().getFirst())
                .startsWith(
                        "MaxUserPort is documented for Windows 2000, XP and Server 2003; for this version: replaced by netsh.");
        assertThat(plan.notes().getLast()).isEqualTo("It takes effect at the next start of Windows, and not before.");
        assertThat(refused(PLAIN, new Aim.Assign("registry.MaxUserPort", "65535"))
                        .why())
                .isEqualTo("MaxUserPort takes a number from 5000 to 65534, and not 65535");
        assertThat(refused(PLAIN, new Aim.Assign("registry.TcpTimedWaitDelay", "29"))
                        .why())
                .contains("from 30 to 300");
        assertThat(refused(PLAIN, new Aim.Assign("registry.Hostname", "x")))
                .hasMessage("cannot set the registry value \"Hostname\"");
    }

    @Test
    void reserved_ports_of_the_registry_have_both_ends_of_every_run() throws Exception {
        assertThat(steps(plan(PLAIN, new Aim.Assign("registry.ReservedPorts", "4000,5000-5010"))))
                .containsExactly("registry.ReservedPorts: null -> 4000-4000,5000-5010");
        assertThat(refused(PLAIN, new Aim.Assign("registry.ReservedPorts", "none"))
                        .kind())
                .isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    void a_value_is_taken_out_by_name() throws Exception {
        tuning.persistent("registry.MaxUserPort", "5000");
        assertThat(steps(plan(PLAIN, new Aim.Remove("registry.MaxUserPort"))))
                .containsExactly("registry.MaxUserPort: 5000 -> null");
        assertThat(plan(PLAIN, new Aim.Remove("registry.TcpTimedWaitDelay")).steps())
                .isEmpty();
    }

    @Test
    void a_setting_of_linux_is_not_possible_and_the_answer_says_what_is() {
        PlanRefusedException reuse = refused(PLAIN, new Aim.Assign("net.ipv4.tcp_tw_reuse", "1"));
        assertThat(reuse.kind()).isEqualTo(Kind.NOT_POSSIBLE);
        assertThat(reuse.why()).contains("connect() without bind()");
        assertThat(refused(PLAIN, new Aim.Assign("net.core.somaxconn", "1")).kind())
                .isEqualTo(Kind.NOT_POSSIBLE);
    }

    @Test
    void without_elevation_it_says_what_to_open() {
        tuning.obstacle(Place.PERSISTENT, new ActOutcome.NotPermitted("an elevated prompt"));
        PlanRefusedException refused = refused(PLAIN, reserve("1433"));
        assertThat(refused.kind()).isEqualTo(Kind.NOT_PERMITTED);
        assertThat(refused.next()).isEqualTo("the same in a prompt that was opened with Run as administrator");
    }

    @Test
    void a_written_plan_is_planned_again_with_its_restarts() throws Exception {
        host = host("0.0.0.0:1433 LISTEN sqlservr.exe(42)");
        service(42, "sqlservr.exe", "MSSQLSERVER");
        tuning.running("service.MSSQLSERVER", "running").running("service.winnat", "running");
        Plan plan = plan(
                BOTH,
                reserve("1433,50400"),
                new Aim.Reserve(PortSet.parse("1434"), Protocol.UDP),
                draw("49152-60000", Protocol.UDP),
                new Aim.Assign("registry.MaxUserPort", "65534"));
        Terrain terrain = Terrain.of(host, List.of());
        Plan fresh = WrittenPlan.afresh(plan, terrain, false);
        assertThat(fresh.steps()).isEqualTo(plan.steps());
        assertThat(WrittenPlan.difference(plan, fresh)).isNull();
        var stopsOnly = new Plan(plan.netns(), plan.steps().subList(0, 4), List.of());
        assertThat(WrittenPlan.difference(stopsOnly, WrittenPlan.afresh(stopsOnly, terrain, false)))
                .isEqualTo("service.MSSQLSERVER is to become running here, and the plan leaves it as it is");
    }

    @Test
    void a_written_plan_restarts_nothing_that_holds_none_of_its_ports() throws Exception {
        tuning.running("service.Spooler", "running");
        var plan = new Plan(
                host.namespace(),
                List.of(
                        new Step(
                                "service.Spooler", Place.RUNNING, "running", "stopped", Fix.Risk.LOW, "it is harmless"),
                        exclusion("tcp.ipv4.excludedportrange"),
                        exclusion("tcp.ipv6.excludedportrange")),
                List.of());
        Plan fresh = WrittenPlan.afresh(plan, Terrain.of(host, List.of()), true);
        assertThat(WrittenPlan.difference(plan, fresh))
                .isEqualTo("service.Spooler is to stay as it is here, and the plan has stopped");
    }
}

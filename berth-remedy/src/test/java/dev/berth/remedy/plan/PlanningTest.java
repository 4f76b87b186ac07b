package dev.berth.remedy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.net.Cases;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Tunable.Assignment;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private static final String LIST = "net.ipv4.ip_local_reserved_ports";
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final String REUSE = "net.ipv4.tcp_tw_reuse";
    private static final String DELAY = "net.ipv4.tcp_tw_reuse_delay";
    private static final String BUCKETS = "net.ipv4.tcp_max_tw_buckets";

    private static final PlanOptions NOW = new PlanOptions(false, false);
    private static final PlanOptions LASTING = new PlanOptions(true, false);
    private static final PlanOptions FORCED = new PlanOptions(false, true);

    private final FakeTuning tuning = new FakeTuning()
            .running(LIST, "8080")
            .running(RANGE, "32768 60999")
            .running(REUSE, "2")
            .running(BUCKETS, "131072");
    private final FakeHostNetwork host = FakeHostNetwork.with().tuning(tuning);

    private Plan plan(PlanOptions options, Aim... aims) throws Exception {
        return Planning.of(List.of(aims), Terrain.of(host, List.of()), options);
    }

    private PlanRefusedException refused(PlanOptions options, Aim... aims) {
        PlanRefusedException refused = catchThrowableOfType(PlanRefusedException.class, () -> plan(options, aims));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static Aim reserve(String ports) {
        return new Aim.Reserve(PortSet.parse(ports));
    }

    private static Aim release(String ports) {
        return new Aim.Release(PortSet.parse(ports));
    }

    private static Aim draw(String range) {
        return new Aim.Draw(PortRange.parse(range));
    }

    private static List<String> steps(Plan plan) {
        return plan.steps().stream()
                .map(step -> "%s %s: %s -> %s".formatted(step.place().label(), step.setting(), step.from(), step.to()))
                .toList();
    }

    private static Assignment line(int number, String value) {
        return new Assignment("/etc/sysctl.d/50-db.conf", number, value);
    }

    private static Service postgres(int port) {
        return new Service(
                "PostgreSQL",
                Protocol.TCP,
                PortRange.of(port),
                null,
                "postgresql.service",
                "/etc/postgresql/15/main/postgresql.conf:64",
                true);
    }

    @Test
    void a_reservation_keeps_what_runs_and_what_any_file_reserves() throws Exception {
        tuning.before(LIST, line(1, "9000")).before(LIST, line(2, "9100-9101")).persistent(LIST, "9200");
        Plan plan = plan(NOW, reserve("1433"));
        assertThat(steps(plan)).containsExactly("running " + LIST + ": 8080 -> 1433,8080,9000,9100-9101,9200");
        assertThat(plan.notes())
                .containsExactly("Files reserve 9000,9100-9101,9200 as well, so it is reserved from now on too.");
    }

    @Test
    void the_file_gets_what_all_files_reserve_and_not_what_only_runs() throws Exception {
        tuning.before(LIST, line(1, "9000"));
        Plan plan = plan(LASTING, reserve("1433"));
        assertThat(steps(plan))
                .containsExactly(
                        "running " + LIST + ": 8080 -> 1433,8080,9000", "persistent " + LIST + ": null -> 1433,9000");
        assertThat(plan.notes()).contains("8080 stays reserved until the next restart only: no file says so.");
    }

    @Test
    void several_reservations_are_one_step_in_each_place() throws Exception {
        Plan plan = plan(LASTING, reserve("1433"), reserve("5432"), release("8080"));
        assertThat(steps(plan))
                .containsExactly(
                        "running " + LIST + ": 8080 -> 1433,5432", "persistent " + LIST + ": null -> 1433,5432");
    }

    @Test
    void what_is_reserved_already_is_no_step() throws Exception {
        tuning.before(LIST, line(3, "9000,8080,"));
        tuning.running(LIST, "8080,9000");
        Plan plan = plan(LASTING, reserve("8080"));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.notes())
                .containsExactly("/etc/sysctl.d/50-db.conf:3 sets " + LIST + " for the next start already.");
    }

    @Test
    void port_0_of_a_list_is_not_lost() throws Exception {
        tuning.running(LIST, "0,8080").before(LIST, line(1, "0-5"));
        assertThat(plan(LASTING, reserve("1433")).steps())
                .extracting(Step::to)
                .containsExactly("0-5,1433,8080", "0-5,1433");
    }

    @Test
    void a_line_that_is_no_list_is_named_and_passed_over() throws Exception {
        tuning.before(LIST, line(7, "80;90"));
        Plan plan = plan(NOW, reserve("1433"));
        assertThat(steps(plan)).containsExactly("running " + LIST + ": 8080 -> 1433,8080");
        assertThat(plan.notes()).anyMatch(note -> note.startsWith("/etc/sysctl.d/50-db.conf:7 is no list of ports"));
    }

    @Test
    void a_list_that_cannot_be_read_is_not_replaced() {
        tuning.unreadable(Place.RUNNING, "Permission denied");
        PlanRefusedException refused = refused(NOW, reserve("1433"));
        assertThat(refused.kind()).isEqualTo(Kind.NOT_POSSIBLE);
        assertThat(refused.why()).isEqualTo("Permission denied");
        assertThat(refused.next()).contains("replace the list whole");
    }

    @Test
    void a_release_takes_out_of_what_runs_and_of_berths_own_line() throws Exception {
        tuning.running(LIST, "1433,8080").persistent(LIST, "1433");
        assertThat(steps(plan(LASTING, release("1433"))))
                .containsExactly("running " + LIST + ": 1433,8080 -> 8080", "persistent " + LIST + ": 1433 -> null");
    }

    @Test
    void a_release_until_the_restart_leaves_berths_own_line_and_says_so() throws Exception {
        tuning.running(LIST, "1433,8080").persistent(LIST, "1433");
        Plan plan = plan(NOW, release("1433"));
        assertThat(steps(plan)).containsExactly("running " + LIST + ": 1433,8080 -> 8080");
        assertThat(plan.notes())
                .containsExactly(
                        "Berth's own file reserves 1433 again at the next start; --persist takes it out there as well.");
    }

    @Test
    void a_step_knows_what_was_asked_for_beside_what_it_carries_along() throws Exception {
        tuning.before(LIST, line(1, "9000"));
        assertThat(plan(LASTING, reserve("1433"), reserve("8080")).steps())
                .extracting(Step::asked)
                .containsExactly(PortSet.parse("1433,8080"), PortSet.parse("1433,8080"));
    }

    @Test
    void what_another_file_reserves_is_not_released_for_the_next_start() throws Exception {
        tuning.before(LIST, line(3, "8080"));
        PlanRefusedException refused = refused(LASTING, release("8080"));
        assertThat(refused).hasMessage("cannot release 8080 for the next start");
        assertThat(refused.why()).startsWith("/etc/sysctl.d/50-db.conf:3 reserves it");
        assertThat(plan(NOW, release("8080")).notes())
                .containsExactly("/etc/sysctl.d/50-db.conf:3 reserves 8080 again at the next start.");
    }

    @Test
    void a_later_file_that_would_override_is_an_error_that_names_it() {
        tuning.after(LIST, new Assignment("/etc/sysctl.conf", 12, "9000"));
        PlanRefusedException refused = refused(LASTING, reserve("1433"));
        assertThat(refused.kind()).isEqualTo(Kind.BAD_REQUEST);
        assertThat(refused.why())
                .isEqualTo(
                        "/etc/sysctl.conf:12 is applied after Berth's own /etc/sysctl.d/zz-berth.conf, and sets \"9000\"");
        assertThat(refused.next()).startsWith("take that line out of /etc/sysctl.conf");
    }

    @Test
    void a_later_file_that_reserves_it_all_is_no_error() throws Exception {
        tuning.after(LIST, new Assignment("/etc/sysctl.conf", 12, "1433,9000"));
        Plan plan = plan(LASTING, reserve("1433"));
        assertThat(steps(plan)).containsExactly("running " + LIST + ": 8080 -> 1433,8080,9000");
        assertThat(plan.notes()).contains("/etc/sysctl.conf:12 reserves it for the next start already.");
    }

    @Test
    void a_line_longer_than_a_page_comes_with_a_warning() throws Exception {
        var ports = new ArrayList<PortRange>();
        for (int port = 10_001; port < 14_000; port += 2) {
            ports.add(PortRange.of(port));
        }
        Plan plan = plan(LASTING, new Aim.Reserve(PortSet.of(ports)));
        assertThat(plan.notes()).anyMatch(note -> note.contains("\"sysctl -p\" of procps only the first 4,095 bytes"));
    }

    @Test
    void a_list_of_another_file_is_read_as_the_kernel_reads_it() throws Exception {
        tuning.before(LIST, new Assignment("/etc/sysctl.d/10-x.conf", 1, "90,91,"))
                .before(LIST, new Assignment("/etc/sysctl.d/20-y.conf", 1, "95,0"));
        assertThat(steps(plan(LASTING, reserve("1433"))))
                .containsExactly(
                        "running " + LIST + ": 8080 -> 0,90-91,95,1433,8080",
                        "persistent " + LIST + ": null -> 0,90-91,95,1433");
    }

    @Test
    void a_list_that_the_kernel_refuses_does_not_pass_for_set_already() throws Exception {
        tuning.before(LIST, new Assignment("/etc/sysctl.d/10-x.conf", 1, "80, 1433"));
        Plan plan = plan(LASTING, reserve("1433"));
        assertThat(steps(plan)).contains("persistent " + LIST + ": null -> 1433");
        assertThat(plan.notes()).contains("/etc/sysctl.d/10-x.conf:1 is no list of ports, so the kernel refuses it.");
    }

    @Test
    void a_range_reserves_the_listeners_in_it_first() throws Exception {
        host.add("0.0.0.0:15432 LISTEN postgres(7)")
                .add("0.0.0.0:1433 LISTEN sqlservr(8)")
                .add("udp 0.0.0.0:12000 BOUND x(9)");
        Plan plan = plan(LASTING, draw("10240-65535"));
        assertThat(steps(plan))
                .containsExactly(
                        "running " + LIST + ": 8080 -> 8080,12000,15432",
                        "running " + RANGE + ": 32768 60999 -> 10240 65535",
                        "persistent " + LIST + ": null -> 12000,15432",
                        "persistent " + RANGE + ": null -> 10240 65535");
        assertThat(plan.notes()).contains("Reserved first, as servers listen on it in the range: 12000,15432.");
    }

    @Test
    void a_port_that_a_client_may_have_drawn_is_not_reserved() throws Exception {
        host.add("udp 0.0.0.0:40000 BOUND resolver(9)");
        assertThat(steps(plan(NOW, draw("10240-65535"))))
                .containsExactly("running " + RANGE + ": 32768 60999 -> 10240 65535");
    }

    @Test
    void of_udp_ports_that_a_client_may_have_drawn_the_plan_says_that_they_are_not_reserved() throws Exception {
        host.add("udp 0.0.0.0:40003 BOUND dns(9)").add("udp 10.0.0.1:40005 -> 10.0.0.2:53 ESTABLISHED client(10)");
        assertThat(plan(NOW, draw("32000-60999")).notes())
                .containsExactly("Not reserved, as clients may have drawn it: UDP 40003; reserve what is a server's.");
        tuning.running(LIST, "8080,40003");
        assertThat(plan(NOW, draw("32000-60999")).notes()).isEmpty();
    }

    @Test
    void a_release_that_gives_a_servers_port_to_clients_says_whose_it_is() throws Exception {
        host.add("0.0.0.0:40001 LISTEN shop(4200020)").configured(postgres(40002), postgres(5432));
        tuning.running(LIST, "5432,8080,40001-40003");
        Plan plan = plan(NOW, release("40001-40003"), release("5432"));
        assertThat(plan.notes())
                .containsExactly(
                        "It is a server's and in the dynamic range, so a client may be given it while the server is down: "
                                + "40001 (shop(4200020)), 40002 (PostgreSQL, /etc/postgresql/15/main/postgresql.conf:64).");
        assertThat(plan.steps()).extracting(Step::risk).containsExactly(Fix.Risk.MEDIUM);
        assertThat(plan(NOW, release("40003")).steps()).extracting(Step::risk).containsExactly(Fix.Risk.LOW);
    }

    @Test
    void what_is_told_of_a_long_list_is_short() throws Exception {
        for (int port = 40_001; port < 41_000; port += 2) {
            host.add("0.0.0.0:%d LISTEN".formatted(port)).configured(postgres(port + 10_000));
        }
        tuning.before(LIST, line(1, odd(20_001)));
        Plan plan = plan(LASTING, draw("10240-65535"), new Aim.Reserve(PortSet.parse(odd(14_001))), release("8080"));
        assertThat(plan.steps()).allMatch(step -> step.why().length() < 200);
        assertThat(plan.notes()).isNotEmpty().allMatch(note -> note.length() < 400);
        tuning.running(LIST, odd(40_001)).persistent(LIST, odd(40_001));
        assertThat(plan(NOW, new Aim.Release(PortSet.parse(odd(40_001)))).notes())
                .hasSize(2)
                .allMatch(note -> note.length() < 400);
    }

    private static String odd(int from) {
        return IntStream.range(0, 500)
                .mapToObj(i -> String.valueOf(from + 2 * i))
                .collect(Collectors.joining(","));
    }

    @Test
    void a_range_reserves_services_that_are_stopped_and_says_which() throws Exception {
        host.configured(postgres(15432), postgres(5432));
        Plan plan = plan(NOW, draw("10240-65535"));
        assertThat(steps(plan).getFirst()).isEqualTo("running " + LIST + ": 8080 -> 8080,15432");
        assertThat(plan.notes())
                .containsExactly(
                        "Reserved first, as services are configured to listen on it in the range: 15432 (PostgreSQL, /etc/postgresql/15/main/postgresql.conf:64).");
    }

    @Test
    void a_range_on_a_kubernetes_node_reserves_its_node_ports() throws Exception {
        host.add("0.0.0.0:10250 LISTEN kubelet(77)");
        Plan plan = plan(NOW, draw("10240-65535"));
        assertThat(steps(plan).getFirst()).isEqualTo("running " + LIST + ": 8080 -> 8080,10250,30000-32767");
        assertThat(plan.notes()).anyMatch(note -> note.contains("30000-32767 (Kubernetes NodePorts, kubelet(77))"));
    }

    @Test
    void where_a_range_is_to_last_a_reservation_that_only_runs_is_made_to_last_with_it() throws Exception {
        host.add("0.0.0.0:15432 LISTEN postgres(7)");
        tuning.running(LIST, "15432");
        assertThat(steps(plan(LASTING, draw("10240-65535")))).contains("persistent " + LIST + ": null -> 15432");
    }

    @Test
    void a_range_below_the_unprivileged_start_is_refused_always() {
        assertThat(refused(FORCED, draw("1000-65535")).why())
                .isEqualTo("it begins below net.ipv4.ip_unprivileged_port_start, which is 1024 (EINVAL)");
    }

    @Test
    void ends_of_the_same_parity_are_refused_with_a_range_that_would_do() throws Exception {
        assertThat(refused(NOW, draw("10240-65534")).next()).isEqualTo("berth range set 10240-65533, or --force");
        assertThat(plan(FORCED, draw("10240-65534")).steps()).hasSize(1);
        assertThat(refused(NOW, draw("10241-11265")).next()).isEqualTo("berth range set 10241-11264, or --force");
        assertThat(refused(NOW, draw("10240-10240")))
                .hasMessageStartingWith("that would leave outgoing connections 1 "); // and 10240-10241 no more
        tuning.running(LIST, "10250");
        assertThat(refused(NOW, draw("10241-11265")).next()).isEqualTo("berth range set 10241-11266, or --force");
    }

    @Test
    void a_range_of_fewer_ports_than_clients_hold_is_refused() throws Exception {
        for (int port = 40_000; port < 42_000; port++) {
            host.add("10.0.0.1:" + port + " -> 10.0.0.2:443 ESTABLISHED");
        }
        PlanRefusedException refused = refused(NOW, draw("40000-41499"));
        assertThat(refused)
                .hasMessage(
                        "that would leave outgoing connections 1500 of the 1500 local ports in 40000-41499; they have 28232 now");
        assertThat(refused.why()).isEqualTo("clients hold 2000 ports of the dynamic range now");
        assertThat(plan(FORCED, draw("40000-41499")).steps()).hasSize(1);
    }

    @Test
    void a_reservation_that_leaves_next_to_nothing_is_refused() {
        assertThat(refused(NOW, reserve("32768-60000")))
                .hasMessage(
                        "that would leave outgoing connections 999 of the 28232 local ports in 32768-60999; they have 28232 now");
    }

    @Test
    void connections_that_came_in_are_no_clients() throws Exception {
        host.add("10.0.0.1:50000 LISTEN x(1)")
                .add("10.0.0.1:50000 -> 10.0.0.2:443 ESTABLISHED")
                .add("10.0.0.1:50002 -> 10.0.0.2:443 ESTABLISHED");
        assertThat(Terrain.of(host, List.of()).inUse()).isEqualTo(PortSet.parse("50002"));
    }

    @Test
    void reuse_comes_with_what_it_takes() throws Exception {
        Plan plan = plan(LASTING, new Aim.Assign(REUSE, "1"));
        assertThat(steps(plan)).containsExactly("running " + REUSE + ": 2 -> 1", "persistent " + REUSE + ": null -> 1");
        assertThat(plan.steps())
                .extracting(Step::why)
                .containsOnly("outgoing connections may take over older TIME_WAITs");
        assertThat(plan.notes()).anyMatch(note -> note.contains("middlebox"));
        assertThat(refused(NOW, new Aim.Assign(REUSE, "3")).why())
                .isEqualTo("the kernel takes whole numbers from 0 to 2");
    }

    @Test
    void a_delay_needs_a_kernel_that_has_one() throws Exception {
        PlanRefusedException refused = refused(NOW, new Aim.Assign(DELAY, "100"));
        assertThat(refused.kind()).isEqualTo(Kind.NOT_POSSIBLE);
        assertThat(refused.why()).contains("6.14");
        tuning.running(DELAY, "1000");
        assertThat(plan(NOW, new Aim.Assign(DELAY, "100")).steps()).hasSize(1);
    }

    @Test
    void what_harms_is_never_planned() {
        assertThat(refused(FORCED, new Aim.Assign("net.ipv4.tcp_tw_recycle", "1"))
                        .why())
                .contains("share an address");
        assertThat(refused(FORCED, new Aim.Assign(BUCKETS, "5000")).why()).contains("skips TIME_WAIT");
        assertThat(refused(FORCED, new Aim.Assign("kernel.core_pattern", "|/bin/sh"))
                        .why())
                .contains("about ports");
        assertThat(refused(FORCED, new Aim.Assign("net.ipv4.tcp_congestion_control", "reno"))
                        .why())
                .contains("about ports");
        assertThat(refused(FORCED, new Aim.Assign(REUSE, "1\u0001")).why()).contains("whole numbers");
        assertThat(refused(FORCED, new Aim.Assign(LIST, "80")).next()).contains("berth reserve");
    }

    @Test
    void a_limit_of_time_waits_may_be_raised() throws Exception {
        assertThat(steps(plan(NOW, new Aim.Assign(BUCKETS, "262144"))))
                .containsExactly("running " + BUCKETS + ": 131072 -> 262144");
    }

    @Test
    void aims_that_contradict_each_other_are_refused() {
        assertThat(refused(NOW, reserve("80-90"), release("85"))).hasMessage("cannot reserve 85 and release it");
        assertThat(refused(NOW, draw("10240-65535"), draw("20000-65535"))).hasMessage("cannot set " + RANGE + " twice");
    }

    @Test
    void another_namespace_has_no_next_start() throws Exception {
        host.foreign(new NetworkNamespace(7, "blue"));
        assertThat(refused(LASTING, reserve("1433")).kind()).isEqualTo(Kind.NOT_POSSIBLE);
        tuning.before(LIST, line(1, "9000"));
        assertThat(steps(plan(NOW, reserve("1433")))).containsExactly("running " + LIST + ": 8080 -> 1433,8080");
    }

    @Test
    void files_are_for_the_hosts_own_namespace_whether_it_has_a_name_or_not() throws Exception {
        host.namespace(new NetworkNamespace(7, "host"));
        tuning.before(LIST, line(1, "9000"));
        assertThat(steps(plan(LASTING, reserve("1433"))))
                .containsExactly(
                        "running " + LIST + ": 8080 -> 1433,8080,9000", "persistent " + LIST + ": null -> 1433,9000");
    }

    @Test
    void who_may_not_is_told_what_it_takes_and_can_still_plan_for_somebody_else() throws Exception {
        tuning.obstacle(Place.RUNNING, new ActOutcome.NotPermitted("CAP_NET_ADMIN"));
        PlanRefusedException refused = refused(NOW, reserve("1433"));
        assertThat(refused.kind()).isEqualTo(Kind.NOT_PERMITTED);
        assertThat(refused.why()).isEqualTo("it takes CAP_NET_ADMIN");
        assertThat(plan(NOW, reserve("8080")).steps()).isEmpty();
        assertThat(Planning.outline(List.of(reserve("1433")), Terrain.of(host, List.of()), NOW)
                        .steps())
                .hasSize(1);
    }

    @Test
    void what_can_be_put_right_is_not_left_to_sudo() {
        tuning.obstacle(Place.PERSISTENT, new ActOutcome.Failed("zz-berth.conf is a link: remove it"));
        PlanRefusedException refused = refused(LASTING, reserve("1433"));
        assertThat(refused.kind()).isEqualTo(Kind.NOT_POSSIBLE);
        assertThat(refused.why()).isEqualTo("zz-berth.conf is a link: remove it");
        assertThat(refused.next())
                .isEqualTo("put that right, then the same again; without a file it lasts until the next restart");
    }

    @Test
    void many_namespaces_are_counted() throws Exception {
        var others = IntStream.range(0, 200)
                .mapToObj(i -> new NetworkNamespace(5 + i, "n" + i))
                .toList();
        Plan plan = Planning.of(List.of(reserve("1433")), Terrain.of(host, others), NOW);
        assertThat(plan.notes())
                .singleElement()
                .asString()
                .endsWith(
                        "(n0, n1, n2, n3, n4, n5, n6, n7, and 192 more) stay as they are; a new one begins with the kernel's defaults.");
    }

    @Test
    void namespaces_that_stay_as_they_are_are_named() throws Exception {
        host.process(new ProcessInfo(31, "redis", null, null, null, null, "0123456789abcdef"));
        var others = List.of(new NetworkNamespace(5, "blue"), new NetworkNamespace(6, null, 31));
        Plan plan = Planning.of(List.of(reserve("1433")), Terrain.of(host, others), NOW);
        assertThat(plan.notes())
                .containsExactly(
                        "Other network namespaces (blue, net:[6] of container 0123456789ab) stay as they are; a new one begins with the kernel's defaults.");
    }

    @Test
    void a_caveat_of_a_place_is_told_once() throws Exception {
        tuning.caveat(Place.PERSISTENT, "Nothing here reads it at start.");
        assertThat(plan(LASTING, reserve("1433"), draw("10240-65535")).notes())
                .containsOnlyOnce("Nothing here reads it at start.");
        assertThat(plan(NOW, reserve("1433")).notes()).isEmpty();
    }

    /** What a host may have where a reservation is wanted. */
    private record Before(String running, List<String> files, String own, String ports) {
        static Before any(Random random) {
            return new Before(
                    list(random),
                    List.of(list(random), list(random)).subList(0, random.nextInt(3)),
                    list(random),
                    1 + random.nextInt(30_000) + "");
        }

        private static String list(Random random) {
            var ports = new ArrayList<PortRange>();
            for (int i = random.nextInt(5); i > 0; i--) {
                int first = 1 + random.nextInt(30_000);
                ports.add(new PortRange(first, first + random.nextInt(3)));
            }
            String zero = random.nextInt(4) == 0 ? "0" : "";
            String list = PortSet.of(ports).toString();
            return zero.isEmpty() || list.isEmpty() ? zero + list : zero + "," + list;
        }
    }

    @Test
    void no_reservation_is_ever_lost() {
        Cases.of(Before::any).forEach(before -> {
            var settings = new FakeTuning().running(LIST, before.running()).running(RANGE, "32768 60999");
            before.files().forEach(list -> settings.before(LIST, line(1, list)));
            settings.persistent(LIST, before.own());
            Plan plan;
            try {
                plan = Planning.of(
                        List.of(reserve(before.ports())),
                        Terrain.of(FakeHostNetwork.with().tuning(settings), List.of()),
                        LASTING);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            plan.steps().forEach(step -> settings.write(step.setting(), step.place(), step.to()));
            var wanted = new ArrayList<>(before.files());
            wanted.add(before.own());
            wanted.add(before.ports());
            wanted.forEach(list ->
                    assertThat(missing(list, now(settings, Place.PERSISTENT))).isEqualTo(ReservedList.EMPTY));
            wanted.add(before.running());
            wanted.forEach(list ->
                    assertThat(missing(list, now(settings, Place.RUNNING))).isEqualTo(ReservedList.EMPTY));
        });
    }

    /** A host, and a range that somebody may want. */
    private record Wish(List<String> sockets, PortRange range, String reserved) {
        static Wish any(Random random) {
            var sockets = new ArrayList<String>();
            for (int i = random.nextInt(20); i > 0; i--) {
                sockets.add("0.0.0.0:%d LISTEN".formatted(1 + random.nextInt(65_535)));
                sockets.add("10.0.0.1:%d -> 10.0.0.2:443 ESTABLISHED".formatted(32_768 + random.nextInt(28_000)));
            }
            int first = 1 + random.nextInt(65_000);
            return new Wish(
                    sockets,
                    new PortRange(first, first + random.nextInt(65_536 - first)),
                    Integer.toString(1 + random.nextInt(65_535)));
        }
    }

    @Test
    void no_range_is_planned_that_takes_in_a_server_or_leaves_clients_too_little() {
        Cases.of(Wish::any).forEach(wish -> {
            var settings = new FakeTuning().running(LIST, wish.reserved()).running(RANGE, "32768 60999");
            var machine =
                    FakeHostNetwork.with(wish.sockets().toArray(String[]::new)).tuning(settings);
            try {
                Terrain terrain = Terrain.of(machine, List.of());
                Plan plan = Planning.of(List.of(new Aim.Draw(wish.range())), terrain, LASTING);
                plan.steps().forEach(step -> settings.write(step.setting(), step.place(), step.to()));
                for (Place place : Place.values()) {
                    PortSet drawable = PortSet.of(wish.range())
                            .minus(list(now(settings, place)).ports());
                    assertThat(drawable.intersects(terrain.listening())).isFalse();
                    assertThat(drawable.size())
                            .isGreaterThanOrEqualTo(
                                    Math.max(1_024, terrain.inUse().size()));
                }
                assertThat(wish.range().first()).isGreaterThanOrEqualTo(1_024);
            } catch (PlanRefusedException refused) {
                assertThat(refused.kind()).isEqualTo(Kind.BAD_REQUEST);
            } catch (HostReadException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void who_has_the_kubelets_port_unseen_is_told_as_not_seen() throws Exception {
        host.add("0.0.0.0:10250 LISTEN");
        assertThat(plan(NOW, draw("10240-65535")).notes())
                .contains(
                        "Not seen: whether this is a Kubernetes node (who listens on port 10250, the kubelet's, is not known).");
        assertThat(plan(NOW, reserve("1433")).notes()).isEmpty();
    }

    private static ReservedList list(String text) {
        return Objects.requireNonNull(ReservedList.parse(text));
    }

    private static ReservedList missing(String list, String there) {
        return list(list).minus(list(there));
    }

    private static String now(FakeTuning settings, Place place) {
        return settings.read(LIST, place) instanceof Reading.Value(String text) ? text : "";
    }

    @Test
    void what_was_planned_and_done_is_planned_no_more() throws Exception {
        tuning.before(LIST, line(1, "9000"));
        host.add("0.0.0.0:15432 LISTEN postgres(7)");
        Aim[] aims = {reserve("1433"), draw("10240-65535"), new Aim.Assign(REUSE, "1")};
        for (Step step : plan(LASTING, aims).steps()) {
            tuning.write(step.setting(), step.place(), step.to());
        }
        assertThat(plan(LASTING, aims).steps()).isEmpty();
        assertThatThrownBy(() -> plan(LASTING, reserve("80"), release("80"))).isInstanceOf(PlanRefusedException.class);
    }
}

package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.Gap;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SystemError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why a port of Windows is available or not. A row's inode is the process id of its owner. */
final class WindowsWhyTest {
    private static final BindOutcome OK = new BindOutcome.Bound();
    private static final BindOutcome IN_USE = refused("WSAEADDRINUSE", 10048);
    private static final BindOutcome ACCESS = refused("WSAEACCES", 10013);

    private static final Map<Integer, ProcessInfo> PROCESSES = Map.of(
            4, Given.process(4, "System", null),
            77, Given.process(77, "shop.exe", null),
            88, Given.process(88, "sqlservr.exe", "MSSQLSERVER"),
            99, Given.process(99, "svchost.exe", "Dnscache+LanmanWorkstation"));

    @Test
    void it_binds_without_an_option_and_then_as_the_only_one_and_the_latter_decides() {
        Explanation why = why(8080, OK, IN_USE, "10.0.0.1:8080 LISTEN inode=77");

        assertThat(why.plan().requests())
                .extracting(BindRequest::option)
                .containsExactly(BindRequest.Option.NONE, BindRequest.Option.EXCLUSIVE);
        assertThat(why.verdict()).isEqualTo(Cause.LISTENER);
        assertThat(why.listenable()).isFalse();
        assertThat(why.clause())
                .isEqualTo(
                        "shop.exe (pid 77) listens on 10.0.0.1:8080: A dual-stack bind has to pass on IPv4 and on IPv6, and "
                                + "it did not pass on IPv4; the bind succeeded without SO_EXCLUSIVEADDRUSE and the bind failed "
                                + "(WSAEADDRINUSE) with SO_EXCLUSIVEADDRUSE.");
    }

    @Test
    void a_port_in_a_range_of_the_system_is_excluded_and_not_in_use() {
        Explanation why = why(50123, ACCESS, ACCESS);

        assertThat(why.verdict()).isEqualTo(Cause.EXCLUDED);
        assertThat(why.excluded()).isTrue();
        assertThat(why.clause())
                .startsWith("Port 50123 lies in the excluded range 50060-50159, which the system keeps from programs, "
                        + "administrators included (known for: WinNAT or the Host Networking Service")
                .contains("no table of Windows names who made it")
                .contains("Java programs show this refusal (WSAEACCES, 10013) as \"Address already in use: bind\"");
        assertThat(commands(why)).containsExactly("berth reserve 50123 --restart-winnat", "berth suggest --near 50123");
        assertThat(why.plan().foretold(why.proof().getFirst())).isEqualTo(ProbePlan.Foresight.RIGHT);
    }

    @Test
    void a_range_that_http_sys_is_known_for_leads_to_who_is_behind_it() {
        Explanation why = why(5985, ACCESS, ACCESS);

        assertThat(why.clause()).contains("known for: WinRM over HTTP");
        assertThat(commands(why)).containsExactly("netsh http show servicestate", "berth suggest --near 5985");
    }

    @Test
    void a_holder_that_explains_the_refusal_comes_before_the_range_around_it() {
        Explanation why = why(5985, ACCESS, ACCESS, "[::]:5985 LISTEN inode=4");

        assertThat(why.verdict()).isEqualTo(Cause.LISTENER);
        assertThat(why.excluded()).isTrue();
        assertThat(why.clause()).startsWith("System (pid 4: the kernel and its drivers, http.sys among them) listens");
    }

    @Test
    void the_kernel_is_never_ended() {
        assertThat(commands(why(80, ACCESS, ACCESS, "0.0.0.0:80 LISTEN inode=4")))
                .containsExactly("netsh http show servicestate", "berth suggest --near 80");
    }

    @Test
    void a_port_of_an_administered_range_can_be_bound_and_says_what_it_keeps_away() {
        Explanation why = why(50010, OK, OK);

        assertThat(why.verdict()).isEqualTo(Cause.FREE);
        assertThat(why.excluded()).isFalse();
        assertThat(why.reserved()).isTrue();
        assertThat(why.clause())
                .contains("the administered exclusion 50000-50059 keeps it from automatic choice only")
                .contains("Windows containers cannot publish it");
        assertThat(why.fixes()).isEmpty();
    }

    @Test
    void a_refusal_that_no_table_explains_has_an_unseen_cause() {
        for (BindOutcome refusal : List.of(IN_USE, ACCESS)) { // WSL's mirrored networking shows as the first
            Explanation why = why(5173, refusal, refusal);
            assertThat(why.verdict()).isEqualTo(Cause.BLOCKED_UNSEEN);
            assertThat(why.gaps()).extracting(Gap::why).anyMatch(text -> text.contains("WSL's mirrored networking"));
        }
    }

    @Test
    void time_wait_is_in_nobodys_way_and_is_still_shown() {
        Explanation why = why(1433, OK, OK, "10.0.0.1:1433 TIME_WAIT 10.0.0.9:5");

        assertThat(why.verdict()).isEqualTo(Cause.FREE);
        assertThat(why.holders()).extracting(Holder::cause).containsExactly(Cause.TIME_WAIT);
    }

    @Test
    void a_refusal_is_not_put_on_a_time_wait() {
        assertThat(why(1433, IN_USE, IN_USE, "10.0.0.1:1433 TIME_WAIT 10.0.0.9:5")
                        .verdict())
                .isEqualTo(Cause.BLOCKED_UNSEEN);
    }

    @Test
    void a_client_in_the_dynamic_range_is_ended_first_and_its_port_reserved_then() {
        Explanation why = why(52001, IN_USE, IN_USE, "10.0.0.1:52001 ESTABLISHED 10.0.0.9:443 inode=77");

        assertThat(why.verdict()).isEqualTo(Cause.CLIENT);
        assertThat(why.clause()).contains("(inferred: no page says it of connections)");
        assertThat(commands(why))
                .containsExactly(
                        "berth reserve 52001",
                        "berth free 52001 --by destroy",
                        "berth free 52001 --by signal --force",
                        "berth suggest --near 52001");
        assertThat(why.fixes().getFirst().summary()).contains("which Windows does to no port that is held");
    }

    @Test
    void a_connection_of_ipv6_is_not_destroyed_alone() {
        assertThat(commands(why(52001, IN_USE, IN_USE, "[2001:db8::1]:52001 ESTABLISHED [2001:db8::9]:443 inode=77")))
                .noneMatch(command -> command.contains("destroy"));
    }

    @Test
    void a_service_that_holds_its_own_port_is_stopped_for_the_exclusion_and_started_again() {
        Explanation why = why(52001, IN_USE, IN_USE, "0.0.0.0:52001 LISTEN inode=88");

        assertThat(commands(why)).startsWith("berth reserve 52001 --restart-services", "berth free 52001 --by stop");
        assertThat(why.fixes().getFirst().aims()).hasSize(1);
    }

    @Test
    void a_process_of_several_services_is_none_of_them() {
        assertThat(commands(why(52001, IN_USE, IN_USE, "0.0.0.0:52001 LISTEN inode=99")))
                .startsWith("berth reserve 52001")
                .noneMatch(command -> command.endsWith("--by stop"));
    }

    @Test
    void nothing_speaks_of_linux() {
        for (Explanation why : List.of(
                why(50123, ACCESS, ACCESS),
                why(5173, ACCESS, ACCESS),
                why(52001, IN_USE, IN_USE, "0.0.0.0:52001 LISTEN inode=88"),
                why(52001, null, null, "0.0.0.0:52001 LISTEN inode=77"),
                why(80, OK, OK))) {
            assertThat(why.toString())
                    .doesNotContain(
                            "sudo", "sysctl", "/proc", "systemctl", "SO_REUSEPORT", "SIGTERM", "CAP_", "root user");
        }
    }

    private static List<String> commands(Explanation why) {
        return why.fixes().stream()
                .map(Fix::command)
                .filter(command -> command != null)
                .toList();
    }

    private static Explanation why(
            int port, @Nullable BindOutcome plain, @Nullable BindOutcome exclusive, String... rows) {
        var settings = Windows.settings("49152-65535", "50000-50059", "50060-50159", "5985");
        var owners = new Owners.Builder();
        PROCESSES.keySet().forEach(pid -> owners.add(pid, pid));
        List<Holder> holders = Holders.of(
                Rows.of(rows),
                owners.build(true, Owner.Reason.KERNEL_HELD, List.of()),
                pid -> Optional.ofNullable(PROCESSES.get(pid)),
                NetworkNamespace.ONLY);
        boolean skip = plain == null || exclusive == null;
        ProbePlan plan = ProbePlan.of(
                Windows.HOST,
                IpAddress.ANY_V6,
                port,
                Protocol.TCP,
                holders,
                Exclusions.kind(settings, Protocol.TCP, IpAddress.ANY_V6, port),
                false,
                skip ? "--no-probe" : null);
        List<Attempt> proof = plain == null || exclusive == null
                ? List.of()
                : List.of(
                        new Attempt(plan.requests().get(0), plain),
                        new Attempt(plan.requests().get(1), exclusive));
        return WhyDiagnosis.explain(new WhyFacts(
                port,
                Protocol.TCP,
                IpAddress.ANY_V6,
                holders,
                Set.of(),
                true,
                proof,
                plan,
                settings,
                Windows.HOST,
                false,
                null,
                List.of()));
    }

    private static BindOutcome refused(String name, int number) {
        return new BindOutcome.Refused(new SystemError(name, number));
    }
}

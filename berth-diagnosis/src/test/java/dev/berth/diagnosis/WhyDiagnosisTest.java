package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.Gap;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SystemError;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WhyDiagnosisTest {
    private static final BindOutcome OK = new BindOutcome.Bound();
    private static final BindOutcome IN_USE = refused("EADDRINUSE", 98);
    private static final BindOutcome NOT_PERMITTED = refused("EACCES", 13);
    private static final BindOutcome NOT_LOCAL = refused("EADDRNOTAVAIL", 99);

    @Test
    void a_listener_is_named_with_its_process_and_its_service_can_be_stopped() {
        Explanation why = why(8080, IN_USE, IN_USE, Rows.of("0.0.0.0:8080 LISTEN inode=1"), 1, 4242);
        assertThat(why.verdict()).isEqualTo(Cause.LISTENER);
        assertThat(why.listenable()).isFalse();
        assertThat(why.clause())
                .isEqualTo("nginx (pid 4242) listens on 0.0.0.0:8080, and beside a listener a bind to an overlapping "
                        + "address fails even with SO_REUSEADDR; the bind failed (EADDRINUSE) without and with "
                        + "SO_REUSEADDR.");
        assertThat(commands(why))
                .containsExactly(
                        "berth free 8080 --by stop", "berth free 8080 --by signal", "berth suggest --near 8080");
    }

    @Test
    void a_client_can_be_destroyed_alone_and_the_port_reserved_along_with_what_is_reserved() {
        Explanation why =
                why(52001, IN_USE, IN_USE, Rows.of("127.0.0.1:52001 ESTABLISHED 127.0.0.9:1009 inode=1"), 1, 7);
        assertThat(why.verdict()).isEqualTo(Cause.CLIENT);
        assertThat(why.inDynamicRange()).isTrue();
        assertThat(why.reserved()).isFalse();
        assertThat(commands(why))
                .containsExactly(
                        "berth reserve 52001",
                        "berth reserve 52001 --persist",
                        "berth free 52001 --by destroy",
                        "berth free 52001 --by signal",
                        "berth suggest --near 52001");
    }

    @Test
    void time_wait_says_how_long_and_waiting_comes_first() {
        Explanation why = why(1433, IN_USE, IN_USE, Rows.of("[::1]:1433 TIME_WAIT [::1]:52000 expires=41001"));
        assertThat(why.verdict()).isEqualTo(Cause.TIME_WAIT);
        assertThat(why.clause()).contains("for another 42 s");
        assertThat(why.fixes()).extracting(Fix::id).first().isEqualTo("wait-time-wait");
        assertThat(commands(why)).contains("berth free 1433 --by destroy");
        assertThat(why.fixes())
                .extracting(Fix::summary)
                .anyMatch(summary -> summary.startsWith("destroy that one connection"))
                .noneMatch(summary -> summary.contains("process")); // there is none
    }

    @Test
    void a_bound_only_socket_is_a_verdict_of_its_own() {
        Explanation why = why(1433, IN_USE, IN_USE, Rows.of("127.0.0.1:1433 BOUND inode=1"), 1, 7);
        assertThat(why.verdict()).isEqualTo(Cause.BOUND_ONLY);
        assertThat(why.fixes()).extracting(Fix::id).containsExactly("end-process", "choose-another-port");
    }

    @Test
    void the_first_cause_in_order_decides_and_its_holder_comes_first() {
        SocketColumns rows = Rows.of(
                "127.0.0.1:1433 TIME_WAIT 127.0.0.1:5 expires=1",
                "127.0.0.1:1433 ESTABLISHED 127.0.0.1:6 inode=1",
                "127.0.0.1:1433 BOUND inode=2");
        assertThat(why(1433, IN_USE, IN_USE, rows).verdict()).isEqualTo(Cause.BOUND_ONLY);
    }

    @Test
    void a_socket_on_another_address_is_not_in_the_way() {
        SocketColumns rows = Rows.of("127.0.0.2:1433 LISTEN inode=1", "127.0.0.1:1433 ESTABLISHED 127.0.0.1:6 inode=2");
        Explanation why = explain(facts(1433, IpAddress.parse("127.0.0.1"), Given.holders(rows), IN_USE, IN_USE, true));
        assertThat(why.verdict()).isEqualTo(Cause.CLIENT);
        assertThat(why.holders()).hasSize(2).first().extracting(Holder::inode).isEqualTo(2L);
    }

    @Test
    void a_bind_that_succeeds_with_the_usual_setting_makes_the_port_free() {
        Explanation why = why(1433, IN_USE, OK, Rows.of("127.0.0.1:1433 TIME_WAIT 127.0.0.1:5 expires=1"));
        assertThat(why.verdict()).isEqualTo(Cause.FREE);
        assertThat(why.listenable()).isTrue();
        assertThat(why.holders()).hasSize(1);
        assertThat(why.clause())
                .endsWith(
                        "the bind failed (EADDRINUSE) without SO_REUSEADDR and the bind succeeded with SO_REUSEADDR.");
        assertThat(why.gaps()).extracting(Gap::what).containsExactly("NAT rules");
    }

    @Test
    void a_port_that_needs_privilege_is_excluded() {
        Explanation why = why(80, NOT_PERMITTED, NOT_PERMITTED, Rows.of());
        assertThat(why.verdict()).isEqualTo(Cause.EXCLUDED);
        assertThat(why.excluded()).isTrue();
        assertThat(why.clause()).contains("below 1024");
    }

    @Test
    void a_refusal_that_nothing_explains_names_what_was_not_looked_at() {
        Explanation why = why(1433, IN_USE, IN_USE, Rows.of());
        assertThat(why.verdict()).isEqualTo(Cause.BLOCKED_UNSEEN);
        assertThat(why.gaps()).extracting(Gap::what).containsExactly("what refuses the bind");
    }

    @Test
    void an_address_of_another_host_is_said_to_be_just_that() {
        Explanation why = why(1433, NOT_LOCAL, NOT_LOCAL, Rows.of("[::]:1433 LISTEN inode=1"));
        assertThat(why.verdict()).isEqualTo(Cause.BLOCKED_UNSEEN);
        assertThat(why.clause()).startsWith("The address :: is not on this host");
        assertThat(commands(why)).containsExactly("ip address show");
    }

    @Test
    void without_a_bind_a_listener_is_certain_and_a_closed_connection_is_not() {
        Explanation listener = predicted(Rows.of("[::]:1433 LISTEN inode=1"));
        assertThat(listener.verdict()).isEqualTo(Cause.LISTENER);
        assertThat(listener.listenable()).isFalse();
        Explanation timeWait = predicted(Rows.of("127.0.0.1:1433 TIME_WAIT 127.0.0.1:5 expires=1"));
        assertThat(timeWait.verdict()).isEqualTo(Cause.TIME_WAIT);
        assertThat(timeWait.listenable()).isNull();
        assertThat(timeWait.clause()).contains("this is a prediction");
        assertThat(predicted(Rows.of()).listenable()).isTrue();
    }

    @Test
    void a_bind_that_would_spoil_the_port_for_others_is_not_planned() {
        List<Holder> client = Given.holders(Rows.of("127.0.0.2:50000 ESTABLISHED 127.0.0.9:1 inode=1"));
        IpAddress other = IpAddress.parse("127.0.0.1");
        ProbePlan before = ProbePlan.of(Given.host(true), other, 50000, Protocol.TCP, client, true, null);
        assertThat(before.requests()).isEmpty();
        assertThat(before.skipped()).contains("6.18");
        assertThat(before.usual().succeeds()).isTrue();
        ProbePlan since = ProbePlan.of(Given.host(true), other, 50000, Protocol.TCP, client, false, null);
        assertThat(since.requests()).extracting(BindRequest::reuseAddress).containsExactly(false, true);
    }

    @Test
    void the_process_that_is_the_system_is_never_ended() {
        Explanation why = why(1433, IN_USE, IN_USE, Rows.of("0.0.0.0:1433 LISTEN inode=1"), 1, 1);
        assertThat(commands(why)).containsExactly("berth suggest --near 1433");
    }

    @Test
    void a_process_that_shares_its_socket_with_the_first_one_is_not_ended_alone() {
        List<Holder> holders = Given.holders(Rows.of("0.0.0.0:1433 LISTEN inode=5"), 5, 1, 5, 43);
        Explanation why = explain(facts(1433, IpAddress.ANY_V6, holders, null, null, true));
        assertThat(commands(why)).noneMatch(command -> command.endsWith("--by signal"));
        assertThat(why.fixes()).extracting(Fix::summary).anyMatch(summary -> summary.contains("process 1 holds"));
    }

    private static List<String> commands(Explanation why) {
        return why.fixes().stream()
                .map(Fix::command)
                .filter(command -> command != null)
                .toList();
    }

    private static Explanation predicted(SocketColumns rows) {
        return explain(facts(1433, IpAddress.ANY_V6, Given.holders(rows), null, null, true));
    }

    private static Explanation why(int port, BindOutcome without, BindOutcome with, SocketColumns rows, int... owners) {
        return explain(facts(port, IpAddress.ANY_V6, Given.holders(rows, owners), without, with, false));
    }

    private static Explanation explain(WhyFacts facts) {
        return WhyDiagnosis.explain(facts);
    }

    private static WhyFacts facts(
            int port,
            IpAddress address,
            List<Holder> holders,
            @Nullable BindOutcome without,
            @Nullable BindOutcome with,
            boolean privileged) {
        boolean skip = without == null || with == null;
        ProbePlan plan = ProbePlan.of(
                Given.host(privileged), address, port, Protocol.TCP, holders, false, skip ? "--no-probe" : null);
        List<Attempt> proof = without == null || with == null
                ? List.of()
                : List.of(
                        new Attempt(plan.requests().get(0), without),
                        new Attempt(plan.requests().get(1), with));
        Settings settings = Given.settings("32768-60999", "40000");
        return new WhyFacts(
                port,
                Protocol.TCP,
                address,
                holders,
                Set.of(),
                true,
                proof,
                plan,
                settings,
                Given.host(privileged),
                false,
                null,
                List.of());
    }

    private static BindOutcome refused(String name, int number) {
        return new BindOutcome.Refused(new SystemError(name, number));
    }
}

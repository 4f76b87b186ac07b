package dev.berth.remedy.free;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Explanation;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.Ancestry;
import dev.berth.platform.FakeControl;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Owner;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketFlags;
import dev.berth.remedy.free.FreePlan.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePlanTest {
    private static final String CLIENT = "127.0.0.1:1433 -> 127.0.0.9:7001 ESTABLISHED curl(42)";
    private static final String TIME_WAIT = "127.0.0.1:1433 -> 127.0.0.9:7002 TIME_WAIT expires=41001";
    private static final String ORPHAN = "127.0.0.1:1433 -> 127.0.0.9:7003 FIN_WAIT2 expires=20000";
    private static final String LISTENER = "0.0.0.0:1433 LISTEN server(50)";

    private static FreePlan plan(FreeOptions options, String... sockets) throws HostReadException {
        return FreePlan.of(Given.situation(Given.host(sockets)), options);
    }

    private static List<String> steps(FreeOptions options, String... sockets) throws HostReadException {
        return steps(options, Given.host(sockets));
    }

    private static List<String> steps(FreeOptions options, FakeHostNetwork host) throws HostReadException {
        FreePlan plan = FreePlan.of(Given.situation(host), options);
        assertThat(plan).isInstanceOf(FreePlan.Steps.class);
        return ((FreePlan.Steps) plan).steps().stream().map(FreeWording::what).toList();
    }

    private static void assertRefused(FreePlan plan, Refused.Kind kind, String why, String next) {
        assertThat(plan).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(kind);
            assertThat(refused.why()).contains(why);
            assertThat(refused.next()).contains(next);
        });
    }

    @Test
    void a_free_port_needs_nothing() throws HostReadException {
        assertThat(plan(Given.gently())).isEqualTo(new FreePlan.Nothing());
    }

    @Test
    void a_client_loses_that_one_connection_and_lives_on() throws HostReadException {
        assertThat(steps(Given.gently(), CLIENT))
                .containsExactly("destroy the connection 127.0.0.1:1433 to 127.0.0.9:7001");
        var step = ((FreePlan.Steps) plan(Given.gently(), CLIENT)).steps().getFirst();
        assertThat(FreeWording.cost(step)).startsWith("curl (pid 42) lives on").contains("ECONNABORTED");
    }

    @Test
    void a_client_whose_remote_port_it_is_has_no_part_in_it() throws HostReadException {
        assertThat(plan(Given.gently(), "127.0.0.1:50000 -> 127.0.0.9:1433 ESTABLISHED curl(42)"))
                .isEqualTo(new FreePlan.Nothing());
    }

    @Test
    void a_time_wait_that_ends_soon_enough_is_waited_for_and_is_nobodys_otherwise() throws HostReadException {
        // the fake lets a bind with SO_REUSEADDR pass a TIME_WAIT, so an orphan stands for it
        assertThat(steps(Given.waiting(20), ORPHAN)).first().asString().startsWith("wait up to 20 s for the closed");
        var late = (FreePlan.Steps) plan(Given.waiting(19), ORPHAN);
        assertThat(late.steps()).singleElement().satisfies(step -> {
            assertThat(FreeWording.what(step))
                    .isEqualTo("destroy the closed connection 127.0.0.1:1433 to 127.0.0.9:7003");
            assertThat(FreeWording.cost(step)).startsWith("no process loses anything");
            assertThat(FreeWording.whyNotGentler(step, Given.waiting(19))).contains("--wait 20");
        });
    }

    @Test
    void a_listener_is_asked_to_end_and_what_it_accepted_is_only_cleared_away_after_it() throws HostReadException {
        assertThat(steps(
                        Given.gently(),
                        LISTENER,
                        "127.0.0.1:1433 -> 127.0.0.1:50000 ESTABLISHED server(50)",
                        TIME_WAIT))
                .containsExactly(
                        "ask server (pid 50) to end (SIGTERM) and give it 5 s",
                        "where it still holds the port then, destroy these 2 connections: 127.0.0.1:1433 to "
                                + "127.0.0.1:50000, 127.0.0.1:1433 to 127.0.0.9:7002");
    }

    @Test
    void a_service_is_stopped_once_however_many_processes_it_has() throws HostReadException {
        assertThat(steps(Given.gently(), "0.0.0.0:1433 LISTEN web(60) web(61)", "[::]:1433 LISTEN web(61)"))
                .containsExactly("stop the service web.service (systemctl stop)");
        assertThat(steps(Given.only(Way.SIGNAL), "0.0.0.0:1433 LISTEN web(60) web(61)"))
                .containsExactly("ask web (pid 60) to end (SIGTERM) and give it 5 s");
    }

    @Test
    void a_container_a_login_session_and_a_users_own_service_are_no_service() throws HostReadException {
        var host = Given.host("0.0.0.0:1433 LISTEN a(70)", "[::]:1433 LISTEN b(71)", "[::1]:1433 LISTEN c(72)")
                .process(new ProcessInfo(70, "a", null, null, Instant.EPOCH, "docker.service", "0123456789ab"))
                .process(new ProcessInfo(71, "b", null, null, Instant.EPOCH, "user@1000.service", null))
                .process(new ProcessInfo(72, "c", null, null, Instant.EPOCH, "user@1000.service/web.service", null));
        assertThat(steps(Given.gently(), host)).allMatch(step -> step.startsWith("ask "));
        assertRefused(
                FreePlan.of(Given.situation(host), Given.only(Way.STOP)),
                Refused.Kind.NOT_POSSIBLE,
                "belongs to no service of its own",
                "--by signal");
    }

    @Test
    void what_docker_runs_for_others_is_not_docker() throws HostReadException {
        var host = Given.host("0.0.0.0:1433 LISTEN docker-proxy(70)")
                .process(new ProcessInfo(70, "docker-proxy", null, null, Instant.EPOCH, "docker.service", null));
        assertThat(steps(Given.gently(), host)).allMatch(step -> step.startsWith("ask docker-proxy"));
    }

    @Test
    void forked_holders_are_one_family_and_its_first_is_asked() throws HostReadException {
        var plan = (FreePlan.Steps) plan(Given.gently(), "0.0.0.0:1433 LISTEN server(50) server(51) server(52)");
        assertThat(plan.steps()).hasSize(1);
        assertThat(FreeWording.notes(plan))
                .containsExactly("3 processes hold the same socket, as after a fork: server (pid 50) started first.");
        assertThat(FreeWording.cost(plan.steps().getFirst())).contains("server (pid 51), server (pid 52)");
    }

    @Test
    void a_group_that_shares_the_port_is_named_and_each_of_it_must_end() throws HostReadException {
        var plan =
                (FreePlan.Steps) plan(Given.gently(), "0.0.0.0:1433 LISTEN server(50)", "0.0.0.0:1433 LISTEN web(60)");
        assertThat(plan.steps()).extracting(Step::way).containsExactly(Way.STOP, Way.SIGNAL);
        assertThat(FreeWording.notes(plan))
                .containsExactly(
                        "2 sockets listen on 0.0.0.0:1433 together (SO_REUSEPORT): the port is free when all are closed.");
    }

    @Test
    void a_connection_that_bound_the_port_by_number_keeps_it_so_its_process_must_end() throws HostReadException {
        var host = Given.host(CLIENT).boundByNumber();
        assertThat(steps(Given.gently(), host))
                .containsExactly(
                        "ask curl (pid 42) to end (SIGTERM) and give it 5 s",
                        "where it still holds the port then, destroy the connection 127.0.0.1:1433 to 127.0.0.9:7001");
        assertRefused(
                FreePlan.of(Given.situation(host), Given.only(Way.DESTROY)),
                Refused.Kind.NOT_POSSIBLE,
                "asked for the port by number",
                "--by signal");
    }

    @Test
    void without_a_listener_connections_go_before_processes() throws HostReadException {
        assertThat(steps(Given.gently(), CLIENT, "127.0.0.1:1433 BOUND server(50)"))
                .containsExactly(
                        "destroy the connection 127.0.0.1:1433 to 127.0.0.9:7001",
                        "ask server (pid 50) to end (SIGTERM) and give it 5 s");
    }

    @Test
    void a_listener_cannot_be_destroyed_nor_waited_for() throws HostReadException {
        assertRefused(
                plan(Given.only(Way.DESTROY), LISTENER), Refused.Kind.NOT_POSSIBLE, "no TCP connection", "--by signal");
        assertRefused(
                plan(Given.only(Way.WAIT), LISTENER), Refused.Kind.NOT_POSSIBLE, "nothing says when", "--by signal");
        assertRefused(plan(Given.only(Way.SIGNAL), ORPHAN), Refused.Kind.NOT_POSSIBLE, "no process holds", "destroyed");
    }

    @Test
    void what_the_service_manager_holds_is_its_own() throws HostReadException {
        assertRefused(
                plan(Given.gently(), "0.0.0.0:1433 LISTEN systemd(1)"),
                Refused.Kind.NOT_POSSIBLE,
                "socket activation",
                "systemctl list-sockets");
        assertRefused(
                plan(Given.gently(), "0.0.0.0:1433 LISTEN systemd(1) web(60)"),
                Refused.Kind.NOT_POSSIBLE,
                "socket activation",
                "systemctl list-sockets");
    }

    @Test
    void berth_never_ends_what_it_was_started_from() throws HostReadException {
        assertRefused(
                plan(Given.gently(), "0.0.0.0:1433 LISTEN bash(900)"),
                Refused.Kind.NOT_POSSIBLE,
                "what it was started from",
                "from elsewhere");
        assertRefused(
                plan(Given.gently(), "0.0.0.0:1433 LISTEN server(50) bash(900)"),
                Refused.Kind.NOT_POSSIBLE,
                "bash (pid 900) is berth itself or what it was started from",
                "from elsewhere");
        var own = Given.host("0.0.0.0:1433 LISTEN runner(70)").process(Given.process(70, "runner", "runner.service"));
        assertRefused(
                FreePlan.of(Given.situation(own), Given.gently()),
                Refused.Kind.NOT_POSSIBLE,
                "berth itself runs in runner.service",
                "--by signal");
    }

    @Test
    void who_may_be_what_berth_was_started_from_is_not_ended_where_that_is_hidden() throws HostReadException {
        var host = Given.host(LISTENER);
        new FakeControl(host).calledBy(new Ancestry(List.of(new ProcessRef(901, Instant.ofEpochSecond(1_901))), false));
        FreePlan plan = FreePlan.of(new Situation(Given.why(host), Set.of(), Lineage.here(host), true), Given.gently());
        assertRefused(plan, Refused.Kind.NOT_POSSIBLE, "may be what berth was started from", "from elsewhere");
    }

    @Test
    void a_process_without_a_known_start_is_not_signalled_on_a_guess() throws HostReadException {
        assertRefused(
                plan(Given.gently(), "0.0.0.0:1433 LISTEN odd(77)"),
                Refused.Kind.NOT_POSSIBLE,
                "started is not known",
                "ps");
    }

    @Test
    void on_windows_an_administrator_is_told_more_of_a_process_and_may_end_it() throws HostReadException {
        var policy = new PortPolicy(
                new PortRange(49_152, 65_535),
                PortSet.EMPTY,
                List.of(),
                List.of(),
                null,
                PortPolicy.Persistent.NOTHING);
        Explanation why = Given.why(FakeHostNetwork.windows(policy, "0.0.0.0:1433 LISTEN MsMpEng.exe(4211)"));
        assertRefused(
                FreePlan.of(new Situation(why, Set.of(), Given.STRANGER, false), Given.forcing()),
                Refused.Kind.NOT_PERMITTED,
                "started is not known",
                "Run as administrator");
        assertRefused(
                FreePlan.of(new Situation(why, Set.of(), Given.STRANGER, true), Given.forcing()),
                Refused.Kind.NOT_POSSIBLE,
                "started is not known",
                "tasklist");
    }

    @Test
    void who_is_not_seen_is_not_ended() throws HostReadException {
        String nobody = "0.0.0.0:1433 LISTEN";
        assertRefused(plan(Given.gently(), nobody), Refused.Kind.NOT_POSSIBLE, "no process has", "in the kernel");
        var hidden = Given.host(nobody).hiding(Owner.Reason.NOT_PERMITTED, new Gap("owners", "others'"));
        assertRefused(
                FreePlan.of(Given.situation(hidden), Given.gently()), Refused.Kind.NOT_PERMITTED, "hidden", "sudo");
        var elsewhere = Given.host(nobody).hiding(Owner.Reason.OTHER_PID_NAMESPACE, new Gap("owners", "elsewhere"));
        assertRefused(
                FreePlan.of(Given.situation(elsewhere), Given.gently()),
                Refused.Kind.NOT_POSSIBLE,
                "another pid namespace",
                "on the host itself");
    }

    @Test
    void a_connection_is_destroyed_whoever_it_belongs_to() throws HostReadException {
        var hidden = Given.host("127.0.0.1:1433 -> 127.0.0.9:7001 ESTABLISHED")
                .hiding(Owner.Reason.NOT_PERMITTED, new Gap("owners", "others'"));
        assertThat(steps(Given.gently(), hidden))
                .containsExactly("destroy the connection 127.0.0.1:1433 to 127.0.0.9:7001");
    }

    @Test
    void the_connection_berth_was_typed_over_is_left_alone() throws HostReadException {
        String session = "10.0.0.1:1433 -> 10.0.0.2:50000 ESTABLISHED bash(900) berth(901)";
        assertThat(steps(Given.gently(), LISTENER, session))
                .containsExactly("ask server (pid 50) to end (SIGTERM) and give it 5 s");
        assertRefused(plan(Given.gently(), session), Refused.Kind.NOT_POSSIBLE, "typed into", "from elsewhere");
    }

    @Test
    void a_connection_without_an_identity_is_not_destroyed_for_another() throws HostReadException {
        var host = Given.host(CLIENT).withoutCookies();
        assertRefused(
                FreePlan.of(Given.situation(host), Given.gently()),
                Refused.Kind.NOT_POSSIBLE,
                "does not tell the identity",
                "--by signal");
        assertThat(steps(Given.only(Way.SIGNAL), host)).hasSize(1);
    }

    @Test
    void a_socket_known_to_share_its_address_is_no_obstacle_beside_one_that_is() throws HostReadException {
        Explanation told = Given.why(
                Given.host(CLIENT, "127.0.0.1:1433 BOUND server(50)"),
                holder -> holder.with(new SocketFlags.Read(holder.cause() == Cause.CLIENT, false, false)));
        FreePlan plan = FreePlan.of(new Situation(told, Set.of(), Given.STRANGER, true), Given.gently());
        assertThat(((FreePlan.Steps) plan).steps()).extracting(Step::way).containsExactly(Way.SIGNAL);
    }
}

package dev.berth.remedy.free;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Holder;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeControl;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.ProcessInfo;
import dev.berth.remedy.log.ActLog;
import dev.berth.remedy.log.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeingTest {
    private static final String CLIENT = "127.0.0.1:1433 -> 127.0.0.9:7001 ESTABLISHED curl(42)";
    private static final String ORPHAN = "127.0.0.1:1433 -> 127.0.0.9:7003 FIN_WAIT2 expires=20000";
    private static final String LISTENER = "0.0.0.0:1433 LISTEN server(50)";
    private static final String FAMILY = "0.0.0.0:1433 LISTEN server(50) server(51)";
    private static final String SERVICE = "0.0.0.0:1433 LISTEN web(60)";

    @TempDir
    private Path folder;

    /** Time passes by being asked for; what is to happen happens while somebody waits. */
    private static final class FakePace implements Pace {
        private final Deque<Runnable> events = new ArrayDeque<>();
        private Duration now = Duration.ZERO;

        @Override
        public Duration elapsed() {
            now = now.plusMillis(10);
            return now;
        }

        @Override
        public void sleep(Duration time) {
            now = now.plus(time);
            if (!events.isEmpty()) {
                events.pop().run();
            }
        }
    }

    private final FakePace pace = new FakePace();
    private int looks;

    private FreeReport free(FakeHostNetwork host, FreeOptions options) throws Exception {
        return free(host, options, () -> {});
    }

    /** @param meanwhile what happens between the plan and the acting */
    private FreeReport free(FakeHostNetwork host, FreeOptions options, Runnable meanwhile) throws Exception {
        Situation situation = Given.situation(host);
        var plan = (FreePlan.Steps) FreePlan.of(situation, options);
        meanwhile.run();
        try (var log = ActLog.open(folder, new Actor("root", null, 7, "test"), InstantSource.system())) {
            return new Freeing(host, () -> Given.why(host), log, options, pace, situation.why()).carryOut(plan);
        }
    }

    private static List<Integer> pids(List<Holder> holders) {
        return holders.stream()
                .map(Holder::process)
                .map(process -> process == null ? 0 : process.pid())
                .toList();
    }

    private List<String> log() throws Exception {
        return Files.readAllLines(ActLog.file(folder));
    }

    @Test
    void a_client_is_cut_off_and_lives_on() throws Exception {
        var host = Given.host(CLIENT);
        var control = new FakeControl(host);
        FreeReport report = free(host, Given.gently());
        assertThat(report.end()).isEqualTo(new FreeEnd.Freed());
        assertThat(control.asked()).containsExactly("destroy 50000");
        assertThat(host.process(42)).isPresent();
        assertThat(log()).hasSize(2);
    }

    @Test
    void only_what_is_in_the_way_is_touched() throws Exception {
        var host = Given.host(CLIENT, "127.0.0.1:50000 -> 127.0.0.9:1433 ESTABLISHED other(43)");
        var control = new FakeControl(host);
        assertThat(free(host, Given.gently()).end()).isEqualTo(new FreeEnd.Freed());
        assertThat(control.asked()).containsExactly("destroy 50000");
    }

    @Test
    void a_holder_that_vanishes_in_between_is_no_failure() throws Exception {
        var host = Given.host(CLIENT);
        var control = new FakeControl(host);
        FreeReport report = free(host, Given.gently(), () -> host.remove(50_000));
        assertThat(report.end()).isEqualTo(new FreeEnd.Freed());
        assertThat(control.asked()).isEmpty();
        assertThat(log()).isEmpty();
    }

    @Test
    void another_connection_at_the_same_place_is_left_alone() throws Exception {
        var host = Given.host(CLIENT);
        var control = new FakeControl(host);
        FreeReport report = free(host, Given.gently(), () -> {
            host.remove(50_000);
            host.add("127.0.0.1:1433 -> 127.0.0.9:7001 ESTABLISHED other(43)");
        });
        assertThat(control.asked()).isEmpty();
        assertThat(report.done())
                .singleElement()
                .satisfies(done -> assertThat(done.outcome()).isInstanceOf(ActOutcome.Gone.class));
        assertThat(pids(((FreeEnd.TakenAgain) report.end()).by())).containsExactly(43);
    }

    @Test
    void a_later_process_with_the_same_id_is_not_signalled() throws Exception {
        var host = Given.host(LISTENER);
        var control = new FakeControl(host);
        var later = Given.process(51, "other", null);
        FreeReport report = free(
                host,
                Given.gently(),
                () -> host.process(new ProcessInfo(50, "other", null, null, later.startedAt(), null, null)));
        assertThat(control.asked()).isEmpty();
        assertThat(report.end()).isInstanceOf(FreeEnd.Failure.class);
    }

    @Test
    void a_service_whose_process_has_let_go_is_not_stopped() throws Exception {
        var host = Given.host(SERVICE);
        var control = new FakeControl(host);
        FreeReport report = free(host, Given.gently(), () -> {
            host.remove(50_000);
            host.add("0.0.0.0:1433 LISTEN other(43)");
        });
        assertThat(control.asked()).isEmpty();
        assertThat(report.end()).isInstanceOf(FreeEnd.TakenAgain.class);
    }

    @Test
    void who_takes_it_again_at_once_is_named() throws Exception {
        var host = Given.host(LISTENER);
        new FakeControl(host).after("SIGTERM 50", () -> host.add("0.0.0.0:1433 LISTEN server(53)"));
        FreeEnd end = free(host, Given.gently()).end();
        assertThat(end).isInstanceOf(FreeEnd.TakenAgain.class);
        assertThat(NotFreed.of((FreeEnd.Failure) end, Given.why(host)))
                .extracting(NotFreed::what, NotFreed::why)
                .containsExactly(
                        "tcp 1433 was freed, and taken again at once",
                        "server (pid 53), with the listener 0.0.0.0:1433 has it now");
    }

    @Test
    void a_supervisor_that_takes_a_moment_is_seen_too() throws Exception {
        var host = Given.host(LISTENER);
        new FakeControl(host);
        pace.events.add(() -> host.add("0.0.0.0:1433 LISTEN server(53)"));
        assertThat(free(host, Given.gently()).end()).isInstanceOf(FreeEnd.TakenAgain.class);
    }

    @Test
    void what_does_not_end_in_its_grace_still_holds_it_and_force_is_offered() throws Exception {
        var host = Given.host(LISTENER);
        var control = new FakeControl(host).deaf(50);
        FreeReport report = free(host, Given.gently());
        assertThat(control.asked()).containsExactly("SIGTERM 50");
        var held = (FreeEnd.StillHeld) report.end();
        assertThat(held.help()).isEqualTo(FreeEnd.Help.FORCE);
        assertThat(NotFreed.of(held, Given.why(host)).next()).contains("--force");
        assertThat(report.took()).isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void force_kills_nobody_who_was_not_asked_and_only_who_still_holds_it() throws Exception {
        var host = Given.host("0.0.0.0:1433 LISTEN server(50) server(51) server(52)");
        var control = new FakeControl(host).deaf(50).deaf(52);
        assertThat(free(host, Given.forcing()).end()).isEqualTo(new FreeEnd.Freed());
        assertThat(control.asked())
                .containsExactly("SIGTERM 50", "SIGTERM 51", "SIGTERM 52", "SIGKILL 50", "SIGKILL 52");

        var polite = Given.host(LISTENER);
        var asked = new FakeControl(polite);
        assertThat(free(polite, Given.forcing()).end()).isEqualTo(new FreeEnd.Freed());
        assertThat(asked.asked()).containsExactly("SIGTERM 50");
    }

    @Test
    void where_nobody_can_be_asked_force_alone_ends_a_process_and_waits_for_no_answer() throws Exception {
        var unheard = new ActOutcome.NotOnThisSystem("there is no way to ask a program without a window");

        var host = Given.host(LISTENER);
        var control = new FakeControl(host).answering("SIGTERM", unheard);
        assertThat(free(host, Given.gently()).end()).isInstanceOf(FreeEnd.NotPossible.class);
        assertThat(control.asked()).containsExactly("SIGTERM 50");

        var other = Given.host(FAMILY);
        var forced = new FakeControl(other).answering("SIGTERM", unheard);
        FreeReport report = free(other, Given.forcing());
        assertThat(report.end()).isEqualTo(new FreeEnd.Freed());
        assertThat(report.took()).isLessThan(Duration.ofSeconds(5));
        assertThat(forced.asked()).containsExactly("SIGTERM 50", "SIGTERM 51", "SIGKILL 50", "SIGKILL 51");
    }

    @Test
    void who_cannot_be_told_from_a_later_process_is_not_killed_and_that_is_said() throws Exception {
        var host = Given.host("0.0.0.0:1433 LISTEN server(50) odd(77) server(51)");
        var control = new FakeControl(host).deaf(51);
        FreeEnd end = free(host, Given.forcing()).end();
        assertThat(control.asked()).containsExactly("SIGTERM 50", "SIGTERM 51", "SIGKILL 51");
        assertThat(end)
                .isInstanceOfSatisfying(
                        FreeEnd.Failed.class,
                        failed -> assertThat(failed.why()).startsWith("when odd (pid 77) started is not known"));
    }

    @Test
    void however_many_connections_there_are_one_look_tells_which_of_them_are_left() throws Exception {
        var host = Given.host();
        for (int port = 7_000; port < 8_000; port++) {
            host.add("127.0.0.1:1433 -> 127.0.0.9:" + port + " FIN_WAIT2 expires=20000");
        }
        var control = new FakeControl(host);
        Runnable looksSoFar = () -> looks = host.looks();
        assertThat(free(host, Given.gently(), looksSoFar).end()).isEqualTo(new FreeEnd.Freed());
        assertThat(control.asked()).hasSize(1_000);
        assertThat(log()).hasSize(2_000);
        assertThat(host.looks() - looks).isLessThan(10);
    }

    @Test
    void what_was_written_down_and_not_tried_ends_in_the_log_too() throws Exception {
        var host = Given.host(CLIENT, "127.0.0.1:1433 -> 127.0.0.9:7005 ESTABLISHED curl(42)");
        new FakeControl(host).answering("destroy", new ActOutcome.NotPermitted("CAP_NET_ADMIN"));
        FreeReport report = free(host, Given.gently());
        assertThat(report.done()).hasSize(1);
        assertThat(log()).hasSize(4);
        assertThat(log().get(2)).contains("\"outcome\":\"notPermitted\"", "CAP_NET_ADMIN");
        assertThat(log().get(3)).contains("\"outcome\":\"failed\"", "not tried");
    }

    @Test
    void workers_that_outlive_their_first_are_asked_as_well() throws Exception {
        var host = Given.host(FAMILY);
        var control = new FakeControl(host);
        assertThat(free(host, Given.gently()).end()).isEqualTo(new FreeEnd.Freed());
        assertThat(control.asked()).containsExactly("SIGTERM 50", "SIGTERM 51");
    }

    @Test
    void nobody_is_told_to_kill_the_session_that_berth_was_typed_into() throws Exception {
        var host = Given.host(LISTENER, "127.0.0.1:1433 -> 127.0.0.1:50000 ESTABLISHED bash(900)");
        var control = new FakeControl(host);
        assertThat(free(host, Given.gently()).end())
                .isInstanceOfSatisfying(
                        FreeEnd.StillHeld.class, held -> assertThat(held.help()).isEqualTo(FreeEnd.Help.LOOK_AGAIN));
        assertThat(control.asked()).containsExactly("SIGTERM 50");
    }

    @Test
    void leftovers_are_destroyed_only_where_they_still_hold_the_port() throws Exception {
        String accepted = "127.0.0.1:1433 -> 127.0.0.1:50000 ESTABLISHED server(50)";
        var host = Given.host(LISTENER, accepted);
        var control = new FakeControl(host);
        assertThat(free(host, Given.gently()).end()).isEqualTo(new FreeEnd.Freed());
        assertThat(control.asked()).containsExactly("SIGTERM 50");

        var leaving = Given.host(LISTENER, "127.0.0.1:1433 -> 127.0.0.1:50000 FIN_WAIT2 expires=50000");
        var second = new FakeControl(leaving);
        assertThat(free(leaving, Given.gently()).end()).isEqualTo(new FreeEnd.Freed());
        assertThat(second.asked()).containsExactly("SIGTERM 50", "destroy 50001");
    }

    @Test
    void a_wait_that_was_permitted_ends_with_the_socket() throws Exception {
        var host = Given.host(ORPHAN);
        var control = new FakeControl(host);
        pace.events.add(() -> {});
        pace.events.add(() -> host.remove(50_000));
        FreeReport report = free(host, Given.waiting(20));
        assertThat(report.end()).isEqualTo(new FreeEnd.Freed());
        assertThat(control.asked()).isEmpty();
        assertThat(report.done()).isEmpty();
    }

    @Test
    void a_wait_in_vain_is_told() throws Exception {
        var host = Given.host(ORPHAN);
        new FakeControl(host);
        assertThat(free(host, Given.waiting(20)).end()).isInstanceOf(FreeEnd.StillHeld.class);
    }

    @Test
    void what_is_not_permitted_names_the_capability_and_stops() throws Exception {
        var host = Given.host(CLIENT, "127.0.0.1:1433 -> 127.0.0.9:7005 ESTABLISHED curl(42)");
        var control = new FakeControl(host).answering("destroy", new ActOutcome.NotPermitted("CAP_NET_ADMIN"));
        FreeReport report = free(host, Given.gently());
        assertThat(report.end()).isEqualTo(new FreeEnd.NotPermitted("CAP_NET_ADMIN"));
        assertThat(control.asked()).hasSize(1);
    }

    @Test
    void what_this_system_cannot_do_offers_the_next_gentlest_way() throws Exception {
        var lacking = new ActOutcome.NotOnThisSystem("the kernel lacks CONFIG_INET_DIAG_DESTROY");
        var host = Given.host(CLIENT);
        new FakeControl(host).answering("destroy", lacking);
        assertThat(free(host, Given.gently()).end()).isEqualTo(new FreeEnd.NotPossible(lacking.why(), Way.SIGNAL));
        var service = Given.host("127.0.0.1:1433 -> 127.0.0.9:7001 ESTABLISHED web(60)");
        new FakeControl(service).answering("destroy", lacking);
        assertThat(free(service, Given.gently()).end()).isEqualTo(new FreeEnd.NotPossible(lacking.why(), Way.STOP));
        var orphan = Given.host(ORPHAN);
        new FakeControl(orphan).answering("destroy", lacking);
        assertThat(free(orphan, Given.gently()).end()).isEqualTo(new FreeEnd.NotPossible(lacking.why(), null));
    }

    @Test
    void what_fails_ends_it_and_what_was_done_is_told() throws Exception {
        var host = Given.host(SERVICE, LISTENER);
        var control = new FakeControl(host).answering("SIGTERM", new ActOutcome.Failed("refused as unsafe"));
        FreeReport report = free(host, Given.gently());
        assertThat(control.asked()).containsExactly("stop web.service", "SIGTERM 50");
        assertThat(report.end()).isEqualTo(new FreeEnd.Failed("refused as unsafe"));
        assertThat(report.done()).hasSize(2);
    }

    @Test
    void every_act_stands_in_the_log_before_it_is_done() throws Exception {
        var host = Given.host(LISTENER);
        var seen = new ArrayDeque<String>();
        new FakeControl(host).after(EndSignal.SIGTERM + " 50", () -> {
            try {
                seen.addAll(log());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        free(host, Given.gently());
        assertThat(seen).singleElement().asString().contains("\"event\":\"begun\"", "\"pid\":50", "SIGTERM");
        assertThat(log()).hasSize(2);
    }

    @Test
    void a_stop_that_changes_nothing_leaves_the_process_to_be_asked() throws Exception {
        var host = Given.host(SERVICE);
        new FakeControl(host).answering("stop", new ActOutcome.Gone("systemd has no web.service loaded"));
        var held = (FreeEnd.StillHeld) free(host, Given.gently()).end();
        assertThat(NotFreed.of(held, Given.why(host)).next()).isEqualTo("ask the process to end: --by signal");
    }

    @Test
    void a_failure_that_freed_the_port_all_the_same_is_none() throws Exception {
        var host = Given.host(SERVICE);
        var control = new FakeControl(host).answering("stop", new ActOutcome.Failed("not stopped after 100 s"));
        pace.events.add(() -> {});
        Situation situation = Given.situation(host);
        var plan = (FreePlan.Steps) FreePlan.of(situation, Given.gently());
        try (var log = ActLog.open(folder, new Actor("root", null, 7, "test"), InstantSource.system())) {
            Question late = () -> {
                if (!control.asked().isEmpty()) {
                    host.end(60);
                }
                return Given.why(host);
            };
            FreeReport report = new Freeing(host, late, log, Given.gently(), pace, situation.why()).carryOut(plan);
            assertThat(report.end()).isEqualTo(new FreeEnd.Freed());
            assertThat(report.done()).extracting(Done::outcome).hasOnlyElementsOfType(ActOutcome.Failed.class);
        }
    }
}

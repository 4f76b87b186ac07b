package dev.berth.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.look.ConnectQuestion;
import dev.berth.cli.look.IncidentAnswer;
import dev.berth.cli.look.IncidentAnswer.HostAnswer;
import dev.berth.cli.look.LogAnswer;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.diagnosis.explain.Incident;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.diagnosis.explain.LoggedEndpoint;
import dev.berth.diagnosis.explain.LoggedError;
import dev.berth.diagnosis.explain.Operation;
import dev.berth.diagnosis.explain.PossibleCause;
import dev.berth.diagnosis.explain.Refusal;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainScreenTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-22T01:51:05Z");
    private static final HostFacts NOW = new HostFacts("linux", "6.18", "shop1", WRITTEN, true, false);
    private static final HostAnswer NOT_ASKED = new HostAnswer.NotAsked("--no-host was given");

    private static Incident bind(@Nullable Integer port, String text, @Nullable Instant at) {
        return new Incident(
                "nginx",
                List.of(),
                Operation.BIND,
                new LoggedError(Refusal.ADDRESS_IN_USE, 98, null),
                port == null ? null : new LoggedEndpoint(null, IpAddress.ANY_V4, port),
                null,
                null,
                null,
                port == null ? List.of(80) : List.of(),
                false,
                text,
                0,
                3,
                3,
                at);
    }

    private static IncidentAnswer answer(IncidentGroup group, HostAnswer host, PossibleCause... causes) {
        return new IncidentAnswer(
                group,
                "Another socket is in the way.",
                List.of(causes),
                host,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static HostAnswer listener() throws HostReadException {
        var host = FakeHostNetwork.with("0.0.0.0:80 LISTEN apache2(42)");
        return new HostAnswer.Server(new WhyQuestion(80, Protocol.TCP, null, true).ask(host), false);
    }

    private static String shown(int columns, @Nullable HostFacts host, LogAnswer... logs) {
        var text = new StringBuilder();
        new ExplainScreen(new Page(text, columns, Ink.PLAIN), host).print(List.of(logs));
        return text.toString();
    }

    private static LogAnswer log(IncidentAnswer... incidents) {
        return new LogAnswer(null, 340, List.of(incidents), 0, List.of());
    }

    @Test
    void an_incident_is_told_with_its_line_its_meaning_and_who_has_the_port() throws Exception {
        var group = new IncidentGroup(
                bind(80, " [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)", WRITTEN),
                1_200,
                340,
                WRITTEN.plusSeconds(60));
        assertThat(shown(
                        100,
                        NOW,
                        log(answer(
                                group,
                                listener(),
                                new PossibleCause("excluded", "The system keeps it.", false),
                                new PossibleCause("bound-only", "Something is bound to it.", null),
                                new PossibleCause("listener", "A server listens there.", true)))))
                .isEqualTo("""
                        nginx cannot bind 0.0.0.0:80: EADDRINUSE (98)
                          seen   1,200 times, lines 3 to 340, 2026-11-22 01:51:05Z to 2026-11-22 01:52:05Z
                          line   [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)
                          means  Another socket is in the way.
                          here   tcp 80 is not available: apache2 (42) listens on it.

                          STATE   LOCAL       REMOTE  HELD BY
                          LISTEN  0.0.0.0:80  -       apache2 (42)

                          causes confirmed    A server listens there.
                                 cannot tell  Something is bound to it.
                                 not now      The system keeps it.
                        """);
    }

    @Test
    void a_line_is_cut_where_the_terminal_ends_and_steers_nothing() {
        var group = new IncidentGroup(bind(80, "bind() failed \u001b[2J\u202e " + "x".repeat(100), null), 1, 1, null);
        assertThat(shown(60, null, log(answer(group, NOT_ASKED))))
                .contains("  line   bind() failed \\u001b[2J\\u202e xxxxxxxxxxxxxxxxxxxx…\n")
                .doesNotContain("\u001b");
    }

    @Test
    void without_a_host_the_causes_are_what_it_can_be() {
        var group = new IncidentGroup(bind(80, "bind() failed", null), 1, 1, null);
        assertThat(shown(
                        80,
                        null,
                        log(answer(group, NOT_ASKED, new PossibleCause("listener", "A server listens there.", null)))))
                .endsWith("""
                          here   not asked: --no-host was given
                          causes - A server listens there.
                        """);
    }

    @Test
    void an_old_line_is_not_taken_for_the_state_of_the_host() throws Exception {
        var group = new IncidentGroup(bind(80, "bind() failed", WRITTEN), 1, 3, WRITTEN);
        var later = new HostFacts("linux", "6.18", "shop1", WRITTEN.plusSeconds(3 * 86_400 + 60), true, false);
        assertThat(shown(120, later, log(answer(group, listener()))))
                .contains("This is how the host is now; the last of these lines was written 3 days ago.\n");
        var recorded = new HostFacts("linux", "6.18", "shop1", WRITTEN.plusSeconds(7_300), true, true);
        assertThat(shown(120, recorded, log(answer(group, listener()))))
                .contains(
                        "         This is how shop1 was when it was recorded, 2026-11-22 03:52:45Z, 2 hours after the last"
                                + " of these lines.\n");
        assertThat(shown(120, NOW, log(answer(group, listener())))).doesNotContain("This is how");
    }

    @Test
    void a_client_is_told_how_many_ports_are_left_and_who_has_them() throws Exception {
        var incident = new Incident(
                null,
                List.of(),
                Operation.CONNECT,
                new LoggedError(Refusal.ADDRESS_NOT_AVAILABLE, null, null),
                null,
                new LoggedEndpoint(null, IpAddress.parse("10.0.0.9"), 5432),
                null,
                null,
                List.of(),
                false,
                "connect: Cannot assign requested address",
                0,
                1,
                1,
                null);
        var host = FakeHostNetwork.with("10.0.0.1:33000 -> 10.0.0.9:5432 ESTABLISHED shop(12)");
        var why = new ConnectQuestion(Endpoint.parse("10.0.0.9:5432"), null, null).ask(host);
        var group = new IncidentGroup(incident, 1, 1, null);
        assertThat(shown(120, NOW, log(answer(group, new HostAnswer.Client(why, true)))))
                .startsWith("A program cannot connect to 10.0.0.9:5432: EADDRNOTAVAIL\n  line   connect")
                .contains("  here   Local ports are left to connect to 10.0.0.9:5432 from 10.0.0.1:")
                .contains("  by     shop (12): 1\n");
    }

    @Test
    void the_eleventh_kind_and_those_after_it_are_one_line_each() throws Exception {
        var incidents = new ArrayList<IncidentAnswer>();
        for (int port = 80; port < 92; port++) {
            incidents.add(answer(new IncidentGroup(bind(port, "bind", null), 2, 9, null), listener()));
        }
        assertThat(shown(200, NOW, new LogAnswer(null, 340, incidents, 7, List.of())))
                .contains("nginx cannot bind 0.0.0.0:89: EADDRINUSE (98)\n  seen")
                .endsWith("""

                        In short (--json tells them whole)
                          nginx cannot bind 0.0.0.0:90: EADDRINUSE (98), 2 times, lines 3 to 9; now: listener
                          nginx cannot bind 0.0.0.0:91: EADDRINUSE (98), 2 times, lines 3 to 9; now: listener

                        7 more incidents, of kinds that are not told apart any more
                        """);
    }

    @Test
    void several_logs_have_headings_and_their_gaps_a_name() {
        var empty = new LogAnswer("a.log", 0, List.of(), 0, List.of());
        var other = new LogAnswer("b\n.log", 1, List.of(), 0, List.of(new Gap("2 lines", "they are no text")));
        assertThat(shown(80, null, empty, other)).isEqualTo("""
                ── a.log ──
                No line tells of a port that was not to be had (0 lines read).

                ── b\\u000a.log ──
                No line tells of a port that was not to be had (1 line read).

                Not seen
                  b\\u000a.log: 2 lines: they are no text
                """);
    }

    @Test
    void records_of_the_hosts_own_log_are_named() {
        var group = new IncidentGroup(bind(80, "bind() failed", null), 1, 1, null);
        var events = List.of(
                new PortEvents.Event("Tcpip", 4231, WRITTEN),
                new PortEvents.Event("Tcpip", 4227, WRITTEN),
                new PortEvents.Event("Tcpip", 4227, WRITTEN),
                new PortEvents.Event("Tcpip", 4227, WRITTEN));
        var answer = new IncidentAnswer(
                group, "No port was left.", List.of(), NOT_ASKED, List.of("A remark."), events, List.of(), List.of());
        assertThat(shown(80, null, log(answer))).endsWith("""
                          here   not asked: --no-host was given
                                 A remark.
                          events Tcpip 4231, 2026-11-22 01:51:05Z
                                 Tcpip 4227, 2026-11-22 01:51:05Z
                                 Tcpip 4227, 2026-11-22 01:51:05Z
                                 1 more (--json lists them)
                        """);
    }
}

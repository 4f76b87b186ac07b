package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortFailure;
import dev.berth.platform.PortFailure.Call;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SystemError;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final Instant AT = Instant.parse("2026-11-21T03:12:00.120Z");
    private static final NetworkNamespace HERE = new NetworkNamespace(4026531840L, null);

    static PortFailure connect(int pid, @Nullable String process, String to) {
        return new PortFailure(
                AT,
                Call.CONNECT,
                IpAddress.parse("10.0.0.1"),
                Endpoint.parse(to),
                pid,
                process,
                new SystemError("EADDRNOTAVAIL", 99),
                process == null ? null : HERE);
    }

    static PortFailure bind(int pid, String process) {
        return new PortFailure(AT, Call.BIND, null, null, pid, process, new SystemError("EADDRINUSE", 98), HERE);
    }

    private static FakeHostNetwork host(PortFailure... failures) {
        return FakeHostNetwork.with("10.0.0.1:33000 -> 10.0.0.9:5432 ESTABLISHED shop(12)")
                .process(new ProcessInfo(12, "shop", "/opt/shop", "web", AT, "shop.service", null))
                .failing(failures);
    }

    /** How long it took is of no interest here. */
    private static String steady(String text) {
        return text.replaceAll("in [<0-9.]+ s", "in N s");
    }

    @Test
    void each_kind_of_failure_is_a_line_and_then_a_row_of_the_summary() {
        FakeHostNetwork host = host(
                connect(12, "shop", "10.0.0.9:5432"),
                connect(12, "shop", "10.0.0.9:5432"),
                connect(77, null, "[2001:db8::1]:443"),
                bind(80, "ng\u001binx"));

        Ran ran = Ran.on(host, "failures", "--count", "4", "--binds");

        assertThat(steady(ran.out())).isEqualTo("""
                2026-11-21T03:12:00.120Z  shop (12), shop.service  10.0.0.1 -> 10.0.0.9:5432  no local port left (EADDRNOTAVAIL)  × 2
                2026-11-21T03:12:00.120Z  a thread that has ended (77)  10.0.0.1 -> [2001:db8::1]:443  no local port left (EADDRNOTAVAIL)
                2026-11-21T03:12:00.120Z  ng\\u001binx (80)  bind: held, or none left to draw (EADDRINUSE)
                3 connects failed for want of a port in N s
                1 call of bind() failed
                  CALLS  TO                 FROM      BY                            WHY
                      2  10.0.0.9:5432      10.0.0.1  shop (12), shop.service       no local port left (EADDRNOTAVAIL)
                      1  [2001:db8::1]:443  10.0.0.1  a thread that has ended (77)  no local port left (EADDRNOTAVAIL)
                      1  ?                  ?         ng\\u001binx (80)              bind: held, or none left to draw (EADDRINUSE)

                Who has the ports: berth why 10.0.0.9:5432 --as client

                Not seen
                  the addresses and ports of bind() and listen(): their events do not carry them, nor whether it was TCP, UDP or a UNIX socket; berth list pid=PID shows what the process holds
                """);
        assertThat(ran.err())
                .isEqualTo("watching for connects that find no local port, and for bind() and listen() that fail\n");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(host.unwatched()).isTrue();
    }

    @Test
    void nothing_failed_is_said_and_is_exit_code_0() {
        Ran ran = Ran.on(host(), "failures", "--for", "1");

        assertThat(steady(ran.out())).isEqualTo("""
                Nothing failed for want of a port in N s.

                Not seen
                  calls of bind() and listen() that fail: berth failures --binds tells them; a client that binds before it connects fails in bind()
                """);
        assertThat(ran.code()).isZero();
    }

    @Test
    void with_every_namespace_asked_for_each_line_says_in_which_it_was() {
        FakeHostNetwork blue = FakeHostNetwork.with().namespace(new NetworkNamespace(7, "blue"));
        PortFailure there = connect(12, "shop", "10.0.0.9:5432").in(new NetworkNamespace(7, null));

        Ran ran = Ran.on(
                FakeHostProvider.of(host(there, connect(77, null, "10.0.0.9:5432")), blue),
                Map.of(),
                "failures",
                "--count",
                "1",
                "--netns",
                "all");

        assertThat(ran.out())
                .contains("(EADDRNOTAVAIL)  in blue\n", "(EADDRNOTAVAIL)  in an unknown network namespace\n")
                .containsPattern("shop\\.service +blue +no local port")
                .containsPattern("ended \\(77\\) +unknown +no local port");
    }

    @Test
    void a_host_that_cannot_tell_is_exit_code_4_with_what_still_works() {
        Ran ran = Ran.on(FakeHostNetwork.with(), "failures", "--for", "1");

        assertThat(ran.err()).isEqualTo("""
                berth: cannot see failures as they happen
                  why   only a running Linux tells of them
                  next  berth doctor tells how near the ports are to running out
                """);
        assertThat(ran.code()).isEqualTo(4);
    }

    @Test
    void watching_the_doctor_tells_last_what_failed_in_between() {
        PortFailure[] failures = new PortFailure[2_990];
        Arrays.fill(failures, connect(12, "shop", "10.0.0.9:5432"));

        Ran ran = Ran.on(host(failures), "doctor", "--watch", "--for", "1", "--every", "1");

        assertThat(ran.out()).contains("""
                Connects that failed since the last look: 2,990
                  CALLS  TO             FROM      BY
                  2,990  10.0.0.9:5432  10.0.0.1  shop (12), shop.service
                """);
        assertThat(ran.out())
                .startsWith("── 20")
                .contains(
                        "Nothing wrong with the ports of this host.",
                        "Not seen\n  calls of bind() and listen() that fail: ");
        assertThat(ran.out().indexOf("since the last look"))
                .isGreaterThan(ran.out().indexOf("Not seen"));
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void watching_the_doctor_works_without_them_and_says_so() {
        Ran ran = Ran.on(FakeHostNetwork.with(), "doctor", "--watch", "--for", "2", "--every", "1");

        assertThat(ran.out().split("── 20", -1)).hasSizeBetween(3, 4);
        assertThat(ran.out()).contains("Not seen\n  connects as they fail: only a running Linux tells of them\n");
        assertThat(ran.out()).doesNotContain("since the last look");
        assertThat(ran.code()).isZero();
    }

    @Test
    void on_a_terminal_each_look_takes_the_place_of_the_one_before() {
        Ran ran = Ran.on(
                FakeHostProvider.of(host()).onTerminal(80).withRows(50),
                Map.of(),
                "doctor",
                "--watch",
                "--for",
                "1",
                "--every",
                "1");

        assertThat(ran.out()).startsWith("\u001b[H\u001b[2J── 20");
    }

    @Test
    void on_a_terminal_too_low_for_it_each_look_stands_below_the_one_before_with_what_failed_at_its_end() {
        PortFailure[] failures = new PortFailure[7];
        Arrays.fill(failures, connect(12, "shop", "10.0.0.9:5432"));
        Ran ran = Ran.on(
                FakeHostProvider.of(host(failures)).onTerminal(80).withRows(10),
                Map.of("NO_COLOR", "1"),
                "doctor",
                "--watch",
                "--for",
                "2",
                "--every",
                "1");

        assertThat(ran.out()).startsWith("── 20").doesNotContain("\u001b").contains("\n\n── 20");
        assertThat(ran.out().lines().filter(line -> line.startsWith("  ") && line.contains("10.0.0.9:5432")))
                .last()
                .asString()
                .contains("shop (12)");
        assertThat(ran.out().split("── 20", -1)[2])
                .contains("Not seen")
                .endsWith(
                        "  CALLS  TO             FROM      BY\n      7  10.0.0.9:5432  10.0.0.1  shop (12), shop.service\n");
    }

    @Test
    void the_first_look_says_that_failures_are_told_from_the_next_one_on() {
        Ran ran = Ran.on(host(), "doctor", "--watch", "--for", "2", "--every", "1");

        String[] looks = ran.out().split("── 20", -1);
        assertThat(looks[1])
                .endsWith("\n\nConnects that fail are told from the next look on.\n\n")
                .doesNotContain("since the last look");
        assertThat(looks[2]).contains("\n\nConnects that failed since the last look: none\n");
        assertThat(ran.code()).isZero();
    }

    @Test
    void watching_the_doctor_tells_what_was_lost_since_the_last_look_and_that_is_no_health() {
        Ran ran = Ran.on(
                FakeHostNetwork.with().failingUnseen(112_519, 3), "doctor", "--watch", "--for", "2", "--every", "1");

        assertThat(ran.out()).contains("""
                        Connects that failed since the last look: none was seen
                        3 failures in other network namespaces: --netns all tells them
                        112,519 failures or more lost: overwritten before they were fetched
                        """, "Not seen\n", "  112519 failures: they were overwritten\n");
        assertThat(ran.out().split("112,519", -1)).as("each is told once").hasSize(2);
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void what_was_lost_is_not_taken_for_nothing() {
        Ran ran = Ran.on(FakeHostNetwork.with().failingUnseen(5, 0), "failures", "--for", "1");

        assertThat(steady(ran.out())).startsWith("""
                No connect was seen to fail for want of a port in N s.
                5 failures or more lost: overwritten before they were fetched
                """);
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void failures_of_other_namespaces_are_counted_and_the_way_to_see_them_is_told() {
        Ran ran = Ran.on(FakeHostNetwork.with().failingUnseen(0, 2_998), "failures", "--for", "1");

        assertThat(steady(ran.out())).startsWith("""
                Nothing failed for want of a port in this network namespace in N s.
                2,998 failures in other network namespaces: --netns all tells them
                """);
        assertThat(ran.code()).isZero();
    }

    @Test
    void binds_that_fail_are_no_connects_that_fail() {
        Ran ran = Ran.on(host(bind(80, "nginx"), bind(80, "nginx")), "failures", "--count", "2", "--binds");

        assertThat(steady(ran.out())).contains("""
                No connect was seen to fail for want of a port in N s.
                2 calls of bind() failed
                  CALLS  TO  FROM  BY          WHY
                      2  ?   ?     nginx (80)  bind: held, or none left to draw (EADDRINUSE)
                """);
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void a_client_that_starts_a_process_for_each_call_is_one_line_and_one_row() {
        PortFailure[] failures = new PortFailure[60];
        Arrays.setAll(failures, i -> connect(1000 + i, "curl", "10.0.0.9:5432"));
        Ran many = Ran.on(host(failures), "failures", "--count", "60");

        assertThat(many.out())
                .startsWith(
                        "2026-11-21T03:12:00.120Z  curl, 60 processes  10.0.0.1 -> 10.0.0.9:5432  no local port left (EADDRNOTAVAIL)  × 60\n60 connects failed")
                .contains("     60  10.0.0.9:5432  10.0.0.1  curl, 60 processes  no local port left");
        Ran few = Ran.on(host(failures[0], failures[1], failures[1]), "failures", "--count", "3");
        assertThat(few.out()).contains("      3  10.0.0.9:5432  10.0.0.1  curl (1000, 1001)  no local port left");
    }

    @Test
    void a_recording_is_refused_with_the_reason() {
        assertThat(Ran.on(host(), "failures", "--from", "a.berth")).isEqualTo(new Ran(2, "", """
                berth: berth failures does not go with --from
                  why   it asks the running host; a recording is one look, and stays the same
                  next  berth failures --help
                """));
    }
}

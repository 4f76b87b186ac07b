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
                4 calls failed for want of a port in N s
                  CALLS  TO                 FROM      BY                            WHY
                      2  10.0.0.9:5432      10.0.0.1  shop (12), shop.service       no local port left (EADDRNOTAVAIL)
                      1  [2001:db8::1]:443  10.0.0.1  a thread that has ended (77)  no local port left (EADDRNOTAVAIL)
                      1  ?                  ?         ng\\u001binx (80)              bind: held, or none left to draw (EADDRINUSE)

                Who has the ports: berth why 10.0.0.9:5432 --as client

                Not seen
                  the addresses and ports of bind() and listen(): their events do not carry them, nor whether it was TCP; berth list pid=PID shows what the process holds
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
                  calls of bind() and listen() that fail: they were not asked for; a client that binds before it connects fails in bind()
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

        assertThat(ran.out()).contains("(EADDRNOTAVAIL)  in blue\n", "(EADDRNOTAVAIL)  in an unknown one\n");
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
    void watching_the_doctor_tells_first_what_failed_in_between() {
        PortFailure[] failures = new PortFailure[2_990];
        Arrays.fill(failures, connect(12, "shop", "10.0.0.9:5432"));

        Ran ran = Ran.on(host(failures), "doctor", "--watch", "--for", "1", "--every", "1");

        assertThat(ran.out()).contains("""
                Connects that failed since the last look: 2,990
                  CALLS  TO             FROM      BY                       WHY
                  2,990  10.0.0.9:5432  10.0.0.1  shop (12), shop.service  no local port left (EADDRNOTAVAIL)

                Nothing wrong with the ports of this host.
                """);
        assertThat(ran.out()).startsWith("── 20");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void watching_the_doctor_works_without_them_and_says_so() {
        Ran ran = Ran.on(FakeHostNetwork.with(), "doctor", "--watch", "--for", "2", "--every", "1");

        assertThat(ran.out().split("── 20", -1)).hasSizeBetween(3, 4);
        assertThat(ran.out()).contains("Not seen\n  connects as they fail: only a running Linux tells of them");
        assertThat(ran.out()).doesNotContain("since the last look");
        assertThat(ran.code()).isZero();
    }

    @Test
    void on_a_terminal_each_look_takes_the_place_of_the_one_before() {
        Ran ran = Ran.on(
                FakeHostProvider.of(host()).onTerminal(80),
                Map.of(),
                "doctor",
                "--watch",
                "--for",
                "1",
                "--every",
                "1");

        assertThat(ran.out()).startsWith("\u001b[H\u001b[2J── 20");
    }
}

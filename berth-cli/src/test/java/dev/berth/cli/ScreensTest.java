package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.screen.Ink;
import dev.berth.cli.screen.Page;
import dev.berth.cli.screen.WhyScreen;
import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.ProbePlan;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.Gap;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketId;
import dev.berth.platform.SystemError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScreensTest {
    private static final ProcessInfo JAVA =
            new ProcessInfo(4242, "java", "java -jar shop.jar", "shop", null, "shop.service", null);

    private static final FakeHostNetwork SHOP = FakeHostNetwork.with(
                    "127.0.0.1:8080 LISTEN java(4242)",
                    "127.0.0.1:8080 -> 127.0.0.1:50000 ESTABLISHED java(4242)",
                    "127.0.0.1:8080 -> 127.0.0.1:50001 ESTABLISHED java(4242)",
                    "127.0.0.1:8080 -> 127.0.0.1:50002 ESTABLISHED java(4242)",
                    "127.0.0.1:8080 -> 127.0.0.1:50003 ESTABLISHED java(4242)",
                    "[::]:40000 LISTEN nginx(7)",
                    "10.0.0.1:41000 -> 10.0.0.9:5432 ESTABLISHED java(4242)",
                    "10.0.0.1:41002 -> 10.0.0.9:5432 TIME_WAIT expires=12500",
                    "udp 0.0.0.0:53 BOUND dns(9)")
            .process(JAVA);

    private static final Holder SHOP_LISTENS = new Holder(
            Cause.LISTENER,
            Protocol.TCP,
            TcpState.LISTEN,
            Endpoint.parse("127.0.0.1:8080"),
            null,
            JAVA,
            null,
            NetworkNamespace.ONLY,
            null,
            50_000,
            false,
            false,
            new SocketId(Protocol.TCP, Endpoint.parse("127.0.0.1:8080"), null, 0, 7),
            0,
            null);

    private static final Explanation TAKEN = new Explanation(
            8080,
            Protocol.TCP,
            IpAddress.ANY_V6,
            Cause.LISTENER,
            false,
            List.of(SHOP_LISTENS),
            true,
            List.of(new Attempt(
                    new BindRequest(Protocol.TCP, IpAddress.ANY_V6, 8080, true),
                    new BindOutcome.Refused(new SystemError("EADDRINUSE", 98)))),
            plan(8080, SHOP_LISTENS),
            "a listening socket is in the way of every bind of an overlapping address",
            false,
            false,
            null,
            null,
            List.of(new Fix(
                    "stop-service",
                    "stop the service that listens; its clients lose it",
                    "systemctl stop shop.service",
                    Fix.Risk.MEDIUM,
                    false)),
            List.of(new Gap("owners of 2 sockets", "they belong to other users")));

    private static ProbePlan plan(int port, Holder... holders) {
        return ProbePlan.of(SHOP.facts(), IpAddress.ANY_V6, port, Protocol.TCP, List.of(holders), false, null);
    }

    private static String terminal(String... args) {
        return Ran.on(FakeHostProvider.of(SHOP).onTerminal(80), Map.of("NO_COLOR", "1"), args)
                .out();
    }

    @Test
    void who_shows_the_holder_and_counts_what_it_accepted() {
        assertThat(terminal("who", "8080")).isEqualTo("""
                tcp 8080 is held by 5 sockets.

                  STATE   LOCAL           REMOTE  HELD BY
                  LISTEN  127.0.0.1:8080  -       java (4242), user shop, shop.service
                  + 4 connections accepted by it (--json lists them)
                  Stopped at the first process and its relatives: `berth why 8080` asks all.
                """);
    }

    @Test
    void who_sends_to_why_in_the_same_namespace() {
        var blue = FakeHostNetwork.with("0.0.0.0:80 LISTEN web(20)").namespace(new NetworkNamespace(7, "blue"));
        var provider = FakeHostProvider.of(SHOP, blue);
        assertThat(Ran.on(provider, Map.of(), "who", "80", "--netns", "blue").out())
                .contains("`berth why 80 --netns blue`");
        assertThat(Ran.on(provider, Map.of(), "who", "80", "--netns", "all").out())
                .contains("`berth why 80 --netns NAME`");
    }

    @Test
    void list_says_that_nothing_matches() {
        assertThat(terminal("list", "port=1")).isEqualTo("No socket matches.\n");
    }

    @Test
    void sockets_of_one_process_at_one_address_share_a_line() {
        var host = FakeHostNetwork.with(
                "0.0.0.0:80 LISTEN nginx(7) nginx(8)",
                "0.0.0.0:80 LISTEN nginx(7) nginx(8)",
                "[::]:80 LISTEN nginx(7)");
        assertThat(Ran.on(FakeHostProvider.of(host).onTerminal(80), Map.of("NO_COLOR", "1"), "who", "80")
                        .out())
                .startsWith("""
                        tcp 80 is held by 3 sockets.

                          STATE   LOCAL       REMOTE  HELD BY
                          LISTEN  [::]:80     -       nginx (7)
                          LISTEN  0.0.0.0:80  -       nginx (7), 2 sockets
                          LISTEN  0.0.0.0:80  -       nginx (8), 2 sockets
                        """);
    }

    @Test
    void who_says_that_nobody_holds_a_port() {
        assertThat(terminal("who", "9")).isEqualTo("""
                Nobody holds tcp 9.
                """);
    }

    @Test
    void why_says_the_verdict_first_and_the_ways_out_after_it() {
        var text = new StringBuilder();
        WhyScreen.print(new Page(text, 80, Ink.PLAIN), TAKEN, null, false);
        assertThat(text.toString()).isEqualTo("""
                        tcp 8080 is not available: java (4242) listens on it.

                          STATE   LOCAL           REMOTE  HELD BY
                          LISTEN  127.0.0.1:8080  -       java (4242), user shop, shop.service

                          proof  bind [::]:8080 with SO_REUSEADDR: EADDRINUSE (98), as the rule says
                          rule   a listening socket is in the way of every bind of an overlapping
                                 address
                          range  outside the dynamic range: not handed out automatically now

                        Ways out
                          1 stop the service that listens; its clients lose it (medium risk)
                              systemctl stop shop.service

                        Not seen
                          owners of 2 sockets: they belong to other users
                        """);
    }

    @Test
    void why_claims_no_more_than_it_knows() {
        assertThat(why(Cause.CLIENT, null, Owner.Reason.NOT_PERMITTED, null))
                .startsWith("tcp 80 may not be available: a connection has it, of a process hidden from here.");
        assertThat(why(Cause.CLIENT, false, Owner.Reason.OTHER_PID_NAMESPACE, null))
                .startsWith("tcp 80 is not available: a connection has it, of a process of another pid namespace.");
        assertThat(why(Cause.EXCLUDED, false, null, 1024))
                .startsWith("tcp 80 is not available: only privileged programs may bind it (ports below 1024).");
        assertThat(why(Cause.FREE, true, null, null))
                .startsWith("tcp 80 is free: a server can bind [::]:80, by the rule.")
                .contains("bind [::]:80: not tried, socket failed: errno 24 (24)");
    }

    private static String why(
            Cause cause, @Nullable Boolean listenable, Owner.@Nullable Reason hidden, @Nullable Integer below) {
        var holder = new Holder(
                cause,
                Protocol.TCP,
                TcpState.ESTABLISHED,
                Endpoint.parse("127.0.0.1:80"),
                Endpoint.parse("127.0.0.1:9"),
                null,
                hidden,
                NetworkNamespace.ONLY,
                null,
                1,
                false,
                false,
                new SocketId(Protocol.TCP, Endpoint.parse("127.0.0.1:80"), Endpoint.parse("127.0.0.1:9"), 0, 7),
                0,
                null);
        var explanation = new Explanation(
                80,
                Protocol.TCP,
                IpAddress.ANY_V6,
                cause,
                listenable,
                hidden == null ? List.of() : List.of(holder),
                true,
                List.of(new Attempt(
                        new BindRequest(Protocol.TCP, IpAddress.ANY_V6, 80, false),
                        new BindOutcome.NotTried("socket failed: errno 24 (24)"))),
                plan(80),
                "a rule",
                false,
                false,
                null,
                null,
                List.of(),
                List.of());
        var text = new StringBuilder();
        WhyScreen.print(new Page(text, Page.UNLIMITED, Ink.PLAIN), explanation, below, false);
        return text.toString();
    }

    @Test
    void why_says_for_how_long_time_wait_holds_a_port() {
        assertThat(terminal("why", "41002", "--address", "10.0.0.1"))
                .contains("TIME_WAIT  10.0.0.1:41002  10.0.0.9:5432  the kernel, for 12.5 s more");
    }

    @Test
    void doctor_shows_findings_with_their_fixes_then_destinations_then_figures() {
        assertThat(terminal())
                .startsWith("warning   ")
                .contains("40000", "          fix ", "Busiest destinations\n", "  10.0.0.9:5432  10.0.0.1 ")
                .contains(
                        "sockets   2 LISTEN, 5 ESTABLISHED, 1 TIME_WAIT\n",
                        "dynamic   32768-60999, 28,232 ports; reserved: none\n");
    }

    @Test
    void doctor_tells_why_it_mentions_what_is_told_as_info() {
        var host = FakeHostNetwork.with().setting("net.ipv4.tcp_timestamps", "0");
        assertThat(Ran.on(FakeHostProvider.of(host).onTerminal(120), Map.of("NO_COLOR", "1"))
                        .out())
                .startsWith("info      net.ipv4.tcp_timestamps=0 ")
                .contains("\n          Without timestamps tcp_tw_reuse has no effect.\n          fix ");
    }

    @Test
    void doctor_shows_a_command_once_that_is_a_way_out_of_several_findings() {
        var legacy = FakeHostNetwork.with()
                .setting("net.ipv4.tcp_timestamps", "0")
                .setting("net.ipv4.ip_autobind_reuse", "1");
        assertThat(Ran.on(FakeHostProvider.of(legacy).onTerminal(120), Map.of("NO_COLOR", "1"))
                        .out())
                .containsOnlyOnce("berth fix restore-default\n")
                .containsOnlyOnce("          fix as above\n");
    }

    @Test
    void doctor_sets_good_news_apart_from_the_destinations() {
        var host = FakeHostNetwork.with("10.0.0.1:41000 -> 10.0.0.9:5432 ESTABLISHED java(4242)");
        assertThat(Ran.on(FakeHostProvider.of(host).onTerminal(80), Map.of("NO_COLOR", "1"))
                        .out())
                .startsWith("""
                        Nothing wrong with the ports of this host.

                        Busiest destinations
                        """);
    }

    @Test
    void doctor_says_when_a_destination_is_full_and_what_it_closed_as_a_server() {
        var sockets = new ArrayList<String>();
        sockets.add("0.0.0.0:8080 LISTEN java(4242)");
        sockets.add("10.0.0.1:8080 -> 10.0.0.7:50000 TIME_WAIT expires=30000");
        for (int i = 0; i < 8000; i++) { // 1,000 a second for 8 s
            sockets.add("10.0.0.1:%d -> 10.0.0.9:443 TIME_WAIT expires=%d".formatted(40_000 + i, 59_999 - i));
        }
        var host = FakeHostNetwork.with(sockets.toArray(String[]::new));
        String out = Ran.on(FakeHostProvider.of(host).onTerminal(100), Map.of("NO_COLOR", "1"))
                .out();
        assertThat(out)
                .startsWith("warning   From 10.0.0.1 to 10.0.0.9:443 the local ports run out in 19 s or later\n")
                .contains("""
                          TO            FROM      IN USE    LEFT   USED   HALF  CLOSES/S  FULL IN  BY
                          10.0.0.9:443  10.0.0.1   8,000  20,232  28.3%  28.3%     1,000    >19 s  -
                        """, "closed as a server, which costs no dynamic port: port 8080: 0.0/s, 1 in TIME_WAIT\n");
    }

    @Test
    void doctor_tells_apart_what_may_come_what_does_not_and_what_is_too_little_to_tell() {
        var sockets = new ArrayList<String>();
        for (int i = 0; i < 2250; i++) { // 450 a second: 28,232 ports last for 455
            sockets.add("10.0.0.1:%d -> 10.0.0.7:443 TIME_WAIT expires=%d".formatted(40_000 + i, 59_999 - i * 20 / 9));
        }
        for (int i = 0; i < 900; i++) {
            sockets.add("10.0.0.1:%d -> 10.0.0.8:443 TIME_WAIT expires=%d".formatted(40_000 + i, 59_999 - i));
        }
        for (int i = 0; i < 50; i++) {
            sockets.add("10.0.0.1:%d -> 10.0.0.9:443 TIME_WAIT expires=%d".formatted(40_000 + i, 59_999 - i * 100));
        }
        var host = FakeHostNetwork.with(sockets.toArray(String[]::new));
        String out = Ran.on(FakeHostProvider.of(host).onTerminal(100), Map.of("NO_COLOR", "1"))
                .out();
        assertThat(out.lines().filter(line -> line.startsWith("  10.0.0.")).map(String::strip))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("10.0.0.7:443 ").endsWith(" >55 s  -"),
                        line -> assertThat(line).startsWith("10.0.0.8:443 ").endsWith(" ?  -"),
                        line -> assertThat(line).startsWith("10.0.0.9:443 ").endsWith(" -  -"));
    }

    @Test
    void list_shows_listeners_first() {
        assertThat(terminal("list")).isEqualTo("""
                     STATE        LOCAL           REMOTE               PID  PROCESS
                tcp  LISTEN       127.0.0.1:8080  -                   4242  java · shop.service
                tcp  LISTEN       [::]:40000      -                      7  nginx
                tcp  ESTABLISHED  127.0.0.1:8080  127.0.0.1:50001     4242  java · shop.service
                tcp  ESTABLISHED  127.0.0.1:8080  127.0.0.1:50003     4242  java · shop.service
                tcp  ESTABLISHED  127.0.0.1:8080  127.0.0.1:50000     4242  java · shop.service
                tcp  ESTABLISHED  127.0.0.1:8080  127.0.0.1:50002     4242  java · shop.service
                tcp  ESTABLISHED  10.0.0.1:41000  10.0.0.9:5432       4242  java · shop.service
                tcp  TIME_WAIT    10.0.0.1:41002  10.0.0.9:5432          -  12 s left
                udp  BOUND        0.0.0.0:53      -                      9  dns
                """);
    }

    @Test
    void ranges_shows_what_all_protocols_share_once() {
        assertThat(terminal("ranges")).isEqualTo("""
                TCP and UDP, IPv4 and IPv6
                  dynamic           32768-60999, 28,232 ports
                    at next start   no file sets it: the system's default
                  reserved          none
                    at next start   no file sets it: none
                  unprivileged      from 1024 on
                """);
    }

    @Test
    void a_terminal_gets_colours() {
        assertThat(Ran.on(FakeHostProvider.of(SHOP).onTerminal(80), Map.of(), "who", "9")
                        .out())
                .isEqualTo("\u001b[1;32mNobody holds tcp 9.\u001b[0m\n");
    }

    @Test
    void names_of_processes_cannot_steer_the_terminal() {
        var host = FakeHostNetwork.with("0.0.0.0:80 LISTEN \u001b[2Jevil\u202e(66)");
        assertThat(Ran.on(host, "who", "80").out())
                .contains("\\u001b[2Jevil\\u202e (66)")
                .doesNotContain("\u001b");
    }

    @Test
    void a_terminal_line_fits_unless_it_is_a_command_to_copy() {
        for (String[] args : new String[][] {{"list"}, {"who", "8080"}, {"doctor"}, {"why", "8080"}}) {
            String out = Ran.on(FakeHostProvider.of(SHOP).onTerminal(60), Map.of("NO_COLOR", "1"), args)
                    .out();
            assertThat(out.lines())
                    .as(String.join(" ", args))
                    .allMatch(line -> line.length() <= 60 || line.startsWith("      "));
        }
    }
}

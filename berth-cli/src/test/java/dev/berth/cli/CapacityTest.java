package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.command.Surroundings;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.PortPolicy;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static FakeHostNetwork host() {
        var host = FakeHostNetwork.with(
                        "0.0.0.0:40000 LISTEN web(20)",
                        "10.0.0.1:33001 -> 10.0.0.9:5432 ESTABLISHED shop(12)",
                        "10.0.0.1:33003 -> 10.0.0.9:5432 ESTABLISHED shop(12)",
                        "10.0.0.1:33005 -> 10.0.0.9:5432 ESTABLISHED shop(12)",
                        "10.0.0.1:33007 -> 10.0.0.7:443 ESTABLISHED shop(12)",
                        "127.0.0.1:33009 -> 127.0.0.1:6379 TIME_WAIT expires=30000")
                .policy(new PortPolicy(
                        new PortRange(32_768, 60_999),
                        PortSet.parse("1433,50000-50009"),
                        List.of(),
                        List.of(),
                        1024,
                        PortPolicy.Persistent.NOTHING))
                .setting("net.ipv4.tcp_tw_reuse", "2")
                .setting("net.ipv4.tcp_timestamps", "1");
        for (int port = 34_000; port < 34_060; port++) {
            host.add("10.0.0.1:" + port + " -> 10.0.0.9:5432 TIME_WAIT expires=30000");
        }
        return host;
    }

    private static Ran terminal(FakeHostNetwork host, String line) {
        return Ran.on(
                FakeHostProvider.of(host).onTerminal(80),
                Map.of("NO_COLOR", "1"),
                ("capacity " + line).strip().split(" ", -1));
    }

    @Test
    void a_host_is_told_with_its_own_numbers_and_its_busiest_destinations() {
        assertThat(terminal(host(), "").out()).isEqualTo("""
                About 455 calls a second to one destination use up every port: 28,221 ports,
                each taken for 62 s.

                  ports         28,221: 32768-60999 less 11 reserved or held (this host)
                  time-wait     62 s: 60 of Linux and up to 2 until its timer comes round;
                                tcp_tw_reuse is 2, so connections take one over on loopback only
                                (this host)
                  hold          0 s (assumed)
                  sources       1 (assumed)
                  destinations  1 (assumed)
                  retries       0 a call (assumed)

                  CALLS/S   PORTS   USED  OF ALL PORTS
                      113   7,055  25.0%  █████
                      227  14,110  50.0%  ██████████            connects get slow
                      341  21,166  75.0%  ███████████████
                      455  28,221   100%  ████████████████████  connects fail

                Busiest destinations
                  TO              FROM       CLOSES/S  HOLD  AT MOST/S  SHARE  OF THAT RATE
                  10.0.0.9:5432   10.0.0.1        1.0   3 s        434   0.2%  ▏
                  127.0.0.1:6379  127.0.0.1      <0.1   0 s     28,221  <0.1%  ▏
                  10.0.0.7:443    10.0.0.1        0.0     ?        455   0.0%
                """);
    }

    @Test
    void the_texts_arithmetic_needs_no_host() {
        FakeHostNetwork host = host();
        assertThat(terminal(host, "--range 1025-5000 --time-wait 240").out()).isEqualTo("""
                About 16 calls a second to one destination use up every port: 3,976 ports, each
                taken for 240 s.

                  ports         3,976: 1025-5000 (asked)
                  time-wait     240 s (asked)
                  hold          0 s (assumed)
                  sources       1 (assumed)
                  destinations  1 (assumed)
                  retries       0 a call (assumed)

                  CALLS/S  PORTS   USED  OF ALL PORTS
                      4.1    994  25.0%  █████
                      8.2  1,988  50.0%  ██████████
                       12  2,982  75.0%  ███████████████
                       16  3,976   100%  ████████████████████  connects fail
                """);
        assertThat(host.looks()).isZero();
    }

    @Test
    void a_system_as_it_comes_needs_no_host() {
        FakeHostNetwork host = host();
        assertThat(terminal(host, "--profile windows-2003").out())
                .startsWith("""
                About 16 calls a second to one destination use up every port: 3,976 ports, each
                taken for 240 s.

                  ports         3,976: 1025-5000 (profile)
                  time-wait     240 s: what texts of the time assume; KB 314053 has 120 s for
                                IPv4 (profile)
                """)
                .doesNotContain("Not seen");
        assertThat(terminal(host, "--profile windows").out())
                .startsWith("About 68 calls a second to one destination use up every port: 16,384 ports")
                .contains("the ports carry 68.2 to 546.1 calls a second");
        assertThat(terminal(host, "--profile windows-2000").out()).startsWith("About 16 calls a second");
        assertThat(terminal(host, "--profile linux").out()).startsWith("About 455 calls a second");
        assertThat(host.looks()).isZero();
    }

    @Test
    void an_old_windows_has_one_set_of_ports_for_all_destinations_and_sources() {
        Ran ran = terminal(host(), "--profile windows-2003 --destinations 4 --sources 2 --rate 60");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out().replaceAll("\\s+", " "))
                .contains("About 16 calls a second to 4 destinations together use up every port: 3,976 ports,")
                .doesNotContain("spread the calls", "of each", "Not seen");
    }

    @Test
    void what_a_windows_carries_if_it_shares_no_port_is_said_where_that_matters() {
        String gap = "whether connections share ports";
        assertThat(terminal(host(), "--profile windows").out()).doesNotContain(gap);
        assertThat(terminal(host(), "--profile windows --rate 60").out()).doesNotContain(gap);
        for (String line : List.of("--destinations 4 --rate 200", "--sources 2", "--rate 100")) {
            assertThat(terminal(host(), "--profile windows " + line + " --json").out())
                    .contains(gap, "unless they are shared, the ports carry 68.2 calls a second");
        }
        assertThat(terminal(host(), "--destinations 4 --rate 2000").out()).doesNotContain(gap);
    }

    @Test
    void the_texts_advice_in_numbers() {
        FakeHostNetwork host = host();
        assertThat(terminal(host, "--profile windows-2003 --range 1025-65534").out())
                .startsWith("About 268 calls");
        assertThat(terminal(host, "--profile windows-2003 --time-wait 30").out())
                .startsWith("About 132 calls");
        assertThat(terminal(host, "--profile windows-2003 --range 1025-65534 --time-wait 30")
                        .out())
                .startsWith("About 2,150 calls");
        assertThat(terminal(host, "--profile windows-2003 --range 5001-65534").out())
                .startsWith("About 252 calls");
    }

    @Test
    void a_profile_is_about_no_host() {
        Ran ran = terminal(host(), "--profile windows --to 10.0.0.9:5432");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("berth: --profile is about no host, and --to is about one\n");
        assertThat(terminal(host(), "--profile beos").code()).isEqualTo(2);
    }

    @Test
    void a_windows_says_both_ends_of_what_documents_say() {
        var policy = new PortPolicy(
                new PortRange(49_152, 65_535),
                PortSet.parse("50000-50059"),
                List.of(),
                List.of(
                        new ExcludedRange(new PortRange(50_000, 50_059), true),
                        new ExcludedRange(new PortRange(50_060, 50_159), false)),
                null,
                PortPolicy.Persistent.NOTHING);
        assertThat(terminal(FakeHostNetwork.windows(policy), "").out())
                .startsWith("About 67 calls a second")
                .contains(
                        "16,224: 49152-65535 less 160 excluded or held (this host)",
                        "240 s: 30 to 240 s are documented for Windows, and no table\n                shows it (assumed)",
                        "the ports carry 67.6 to 540.8 calls a second")
                .doesNotContain("slow");
    }

    @Test
    void a_rate_that_does_not_fit_comes_with_what_reaches_it() {
        Ran ran = terminal(host(), "--rate 1000 --hold 0.2 --retries 0.5");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out().substring(0, ran.out().indexOf("Busiest"))).isEqualTo("""
                A rate of 1,000 calls a second does not fit: it takes 93,300 ports, and there
                are 28,221.
                About 302 calls a second to one destination use up every port: 28,221 ports, 1.5
                connections a call, each taking one for 62.2 s.

                  ports         28,221: 32768-60999 less 11 reserved or held (this host)
                  time-wait     62 s: 60 of Linux and up to 2 until its timer comes round;
                                tcp_tw_reuse is 2, so connections take one over on loopback only
                                (this host)
                  hold          0.2 s (asked)
                  sources       1 (assumed)
                  destinations  1 (assumed)
                  retries       0.5 a call (asked)

                  CALLS/S   PORTS   USED  OF ALL PORTS
                       75   7,055  25.0%  █████
                      151  14,110  50.0%  ██████████            connects get slow
                      226  21,166  75.0%  ███████████████
                      302  28,221   100%  ████████████████████  connects fail
                    1,000  93,300   331%  ████████████████████▶ the rate asked about

                What reaches 1,000 a second, safest first
                  1 keep connections open and use them again (keep-alive, a pool, HTTP/2): 300
                    at a time (enough, about 94,070 a second; low risk)
                  2 let the server close first, where the protocol allows it: the TIME_WAIT is
                    then the server's, and takes no port here (enough, about 94,070 a second;
                    low risk)
                  3 spread the calls evenly over 4 addresses or ports of the server (enough,
                    about 1,209 a second; low risk)
                  4 spread the calls evenly over 4 source addresses; on Linux set
                    IP_BIND_ADDRESS_NO_PORT before a bind to one, or each connection takes its
                    port from every destination (enough, about 1,209 a second; low risk)
                  5 draw from the range 10240-65535, 55,285 ports; first reserve every port in
                    it that a server listens on (not enough alone, about 592 a second; medium
                    risk)
                  6 draw from the range 1024-65535, 64,500 ports; first reserve every port in it
                    that a server listens on (not enough alone, about 691 a second; medium risk)
                  7 let outgoing connections take over TIME_WAITs after 1 s (tcp_tw_reuse=1 of
                    Linux); both ends must use TCP timestamps, and it does nothing for a server
                    (enough, about 15,678 a second; medium risk)

                """);
    }

    @Test
    void a_destination_is_told_with_how_long_its_connections_last() {
        assertThat(terminal(host(), "--to 10.0.0.9:5432 --rate 2").out()).isEqualTo("""
                A rate of 2 calls a second fits: it takes 130 ports of 28,221.
                About 434 calls a second to 10.0.0.9:5432 use up every port: 28,221 ports, each
                taken for 65 s.

                  ports         28,221: 32768-60999 less 11 reserved or held (this host)
                  time-wait     62 s: 60 of Linux and up to 2 until its timer comes round;
                                tcp_tw_reuse is 2, so connections take one over on loopback only
                                (this host)
                  hold          3 s: open connections divided by closes a second (inferred)
                  sources       1: 10.0.0.1 (this host)
                  destinations  1: 10.0.0.9:5432 (asked)
                  retries       0 a call (assumed)

                  CALLS/S   PORTS   USED  OF ALL PORTS
                      2.0     130   0.5%  ▏                     the rate asked about
                      108   7,055  25.0%  █████
                      217  14,110  50.0%  ██████████            connects get slow
                      325  21,166  75.0%  ███████████████
                      434  28,221   100%  ████████████████████  connects fail

                Busiest destinations
                  TO             FROM      CLOSES/S  HOLD  AT MOST/S  SHARE  OF THAT RATE
                  10.0.0.9:5432  10.0.0.1       1.0   3 s        434   0.2%  ▏
                """);
    }

    @Test
    void every_connection_within_a_loopback_may_take_over_a_time_wait_after_a_second() {
        assertThat(terminal(host(), "--to 127.0.0.1:6379").out()).contains("""
                  time-wait     1 s: tcp_tw_reuse is 2 and this is loopback, so connections take
                                one over after that (this host)
                  hold          0 s: open connections divided by closes a second (inferred)
                """);
    }

    @Test
    void where_time_waits_are_taken_over_a_host_carries_sixty_times_as_much() {
        assertThat(terminal(host().setting("net.ipv4.tcp_tw_reuse", "1"), "").out())
                .startsWith("About 28,221 calls a second to one destination use up every port: 28,221 ports,")
                .contains("1 s: tcp_tw_reuse is 1, so connections take one over after that");
    }

    @Test
    void a_rate_that_the_constant_carries_and_the_timers_do_not_does_not_fit() {
        Ran ran = terminal(host(), "--rate 465");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("A rate of 465 calls a second does not fit: it takes 28,830 ports, and there")
                .contains("evenly over 2 addresses or ports of the server (enough,\n    about 910 a second;");
        assertThat(terminal(host(), "--rate 935").out()).contains("evenly over 3 addresses or ports");
        assertThat(terminal(host(), "--rate 465 --json").out()).contains("\"fits\":false");
    }

    @Test
    void a_rate_past_the_cliff_fits_slowly() {
        assertThat(terminal(host(), "--rate 300").out())
                .startsWith("A rate of 300 calls a second fits, slowly: it takes 18,600 ports of 28,221, more");
    }

    @Test
    void several_sources_and_destinations_share_the_calls() {
        assertThat(terminal(host(), "--sources 2 --destinations 3 --ports 600 --time-wait 60 --rate 10")
                        .out())
                .startsWith("""
                        A rate of 10 calls a second fits: it takes 100 ports of 600 of each of 2 sources
                        towards each of 3 destinations.
                        About 60 calls a second to 3 destinations use up every port: 600 ports of each
                        of 2 sources towards each of 3 destinations, each taken for 60 s.
                        """);
    }

    @Test
    void a_system_that_berth_does_not_know_gets_a_what_if_and_no_host() {
        Ran ran = nowhere("capacity", "--rate", "1000");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "28,232: 32768-60999 (assumed)",
                        "62 s: 60 of Linux and up to 2 until its timer comes round (assumed)")
                .contains("Not seen\n  the numbers of this host: berth knows Linux and Windows, and this is ")
                .doesNotContain("Busiest");
        assertThat(nowhere("capacity").code()).isEqualTo(4);
        assertThat(nowhere("capacity", "--to", "10.0.0.9:5432").code()).isEqualTo(4);
    }

    @Test
    void a_rate_however_small_is_not_written_as_none() {
        Ran ran = terminal(host(), "--ports 1 --time-wait 3600 --hold 604800 --retries 1000 --json");
        assertThat(ran.out()).contains("\"sustainableCallsPerSecond\":1.64201348E-9");
        assertThat(terminal(host(), "--ports 1 --time-wait 3600 --hold 604800").out())
                .startsWith("Less than 0.01 calls a second to one destination use up every port: 1 port, each");
    }

    private static Ran nowhere(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Berth.run(args, new Surroundings(InputStream.nullInputStream(), out, err, Map.of(), null));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_host_whose_ports_are_all_held_carries_nothing() {
        var none = new PortPolicy(
                new PortRange(40_000, 40_000),
                PortSet.EMPTY,
                List.of(),
                List.of(),
                1024,
                PortPolicy.Persistent.NOTHING);
        Ran ran = terminal(host().policy(none), "--rate 1");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("""
                A rate of 1 call a second does not fit: it takes 62 ports, and there are 0.
                No call to one destination finds a port: every port of the range is reserved or
                held.
                """);
    }

    @Test
    void a_pool_that_stays_open_is_taken_off_the_ports_and_said_to_be() {
        FakeHostNetwork host = host();
        for (int port = 35_000; port < 35_400; port++) {
            host.add("10.0.0.1:" + port + " -> 10.0.0.8:99 ESTABLISHED shop(12)");
        }
        for (int port = 36_000; port < 36_030; port++) {
            host.add("10.0.0.1:" + port + " -> 10.0.0.8:99 TIME_WAIT expires=30000");
        }
        Ran ran = terminal(host, "--to 10.0.0.8:99 --ports 500 --rate 5");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("""
                A rate of 5 calls a second does not fit: it takes 310 ports, and there are 100
                beside the 400 that stay open.
                About 1.6 calls a second to 10.0.0.8:99 use up every port: 100 ports beside the
                400 that stay open, each taken for 62 s.
                """).contains("""
                  kept open     400 connections: more than were closed in the last minute, so
                                they are taken to stay (inferred)
                """, "OF THE PORTS LEFT").endsWith("""
                Not seen
                  how long the connections to 10.0.0.8:99 stay open: 400 are open and fewer were
                  closed in the last minute: those are taken to stay, and a call to last no
                  time; if all come and go instead, each is open for 800 s, and 0.58 calls a
                  second use up every port
                """);
        assertThat(terminal(host, "--to 10.0.0.8:99 --ports 500 --rate 1").code())
                .isZero();
        assertThat(terminal(host, "--to 10.0.0.8:99 --ports 500 --hold 0.5").out())
                .contains("kept open     400 connections: calls of that length do not explain them")
                .doesNotContain("Not seen");
    }

    @Test
    void a_source_with_a_stray_connection_makes_no_room_for_the_busy_one() {
        FakeHostNetwork host = host().add("10.0.0.2:37000 -> 10.0.0.9:5432 ESTABLISHED shop(12)");
        assertThat(terminal(host, "--to 10.0.0.9:5432 --rate 460").out())
                .startsWith("A rate of 460 calls a second does not fit: it takes 29,900 ports of 10.0.0.1,")
                .contains("sources       2: 10.0.0.1 makes 100% of the calls, and its ports run out first");
        assertThat(terminal(host, "--to 10.0.0.9:5432 --sources 3").out())
                .contains("sources       3, taken to share the calls evenly (asked)");
    }

    @Test
    void what_a_remedy_needs_of_the_calls_is_said_where_it_is_not_known() {
        assertThat(terminal(host(), "--rate 1000000 --ports 28232").out())
                .contains("takes no port here (enough if a call lasts less than\n    0.0282 s; low risk)");
    }

    @Test
    void amounts_are_told_as_they_are_however_small_or_large() {
        assertThat(terminal(host(), "--range 1-65535 --time-wait 0 --hold 0.0001 --rate 1")
                        .out())
                .contains("taken for 0.0001 s.", "hold          0.0001 s (asked)");
        assertThat(terminal(host(), "--rate 1000.4").out()).startsWith("A rate of 1,000.4 calls a second does");
    }

    @Test
    void one_destination_and_several_are_not_asked_about_at_once() {
        Ran ran = terminal(host(), "--to 10.0.0.9:5432 --destinations 3");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("berth: --to is about one destination, and --destinations about several\n");
    }

    @Test
    void ports_that_are_taken_for_no_time_are_no_question() {
        Ran ran = terminal(host(), "--ports 10 --time-wait 0");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("berth: no rate uses up ports that are taken for no time\n")
                .contains("berth capacity --help");
    }
}

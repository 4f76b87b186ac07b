package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.TcpState;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code berth map} on a terminal and into a pipe, compared whole. */
class MapTest {
    private static final FakeHostNetwork HOST = FakeHostNetwork.with(
                    "0.0.0.0:22 LISTEN",
                    "0.0.0.0:8080 LISTEN",
                    "10.0.0.1:8080 -> 10.0.0.9:40000 ESTABLISHED",
                    "10.0.0.1:20000 BOUND",
                    "10.0.0.1:40000 -> 10.0.0.9:443 ESTABLISHED",
                    "10.0.0.1:40001 -> 10.0.0.9:443 TIME_WAIT",
                    "10.0.0.1:40002 -> 10.0.0.9:443 TIME_WAIT",
                    "10.0.0.1:50000 -> 10.0.0.9:443 SYN_SENT",
                    "udp 0.0.0.0:53 BOUND")
            .policy(policy(new PortRange(32_768, 60_999)));

    private static PortPolicy policy(@Nullable PortRange dynamic) {
        return new PortPolicy(
                dynamic, PortSet.parse("9000,45000"), List.of(), List.of(), 1024, PortPolicy.Persistent.NOTHING);
    }

    private static String terminal(int columns, String... args) {
        return Ran.on(FakeHostProvider.of(HOST).onTerminal(columns), Map.of("NO_COLOR", "1"), args)
                .out();
    }

    @Test
    void the_whole_map_fits_a_screen_of_eighty_by_twenty_four() {
        assertThat(terminal(80, "map")).isEqualTo("""
                tcp ports of host at 2026-11-20 03:12:00 UTC, network namespace net:[4026531840]
                    0  L...............................................................
                 4096  ..............................................................L.
                 8192  ............R...................................................
                12288  ................................................................
                16384  ........................................................b.......
                20480  ................................................................
                24576  ................................................................
                28672  ................................................................
                32768  ::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::
                36864  :::::::::::::::::::::::::::::::::::::::::::::::::t::::::::::::::
                40960  :::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::R
                45056  ::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::
                49152  :::::::::::::c::::::::::::::::::::::::::::::::::::::::::::::::::
                53248  ::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::
                57344  ::::::::::::::::::::::::::::::::::::::::::::::::::::::::::......
                61440  ................................................................

                  L    listening                 2      R    reserved                  2
                  B b  bound only                1      X    excluded                  0
                  C c  in use                    2      :    free, dynamic range  28,227
                  T t  TIME_WAIT                 2      .    free, elsewhere      37,299
                  64 ports a character; a capital letter where half of them or more are taken.
                """);
        assertThat(terminal(80, "map").lines().count()).isLessThan(24);
    }

    @Test
    void into_a_pipe_it_is_as_wide_as_on_eighty_columns() {
        assertThat(Ran.on(HOST, "map").out()).isEqualTo(terminal(80, "map"));
        var dumb = FakeHostProvider.of(HOST).onTerminal(80);
        assertThat(Ran.on(dumb, Map.of("TERM", "dumb"), "map").out()).isEqualTo(terminal(80, "map"));
    }

    @Test
    void a_part_of_the_ports_is_shown_finer() {
        assertThat(terminal(80, "map", "--protocol", "udp", "--range", "1-100")).isEqualTo("""
                udp ports of host at 2026-11-20 03:12:00 UTC, network namespace net:[4026531840]
                    1  ....................................................L...........
                   65  ....................................

                  L    listening                 1      R    reserved                  0
                  B b  bound only                0      X    excluded                  0
                  C c  in use                    0      :    free, dynamic range       0
                  T t  TIME_WAIT                 0      .    free, elsewhere          99
                  One port a character.
                """);
        assertThat(terminal(80, "map", "--range", "9000").lines()).contains(" 9000  R");
        assertThat(terminal(80, "map", "--range", "32768-60999").lines())
                .contains("  32 ports a character; a capital letter where half of them or more are taken.");
    }

    @Test
    void a_wider_terminal_shows_finer_blocks() {
        assertThat(terminal(200, "map").lines())
                .contains(
                        "    0  L" + ".".repeat(127),
                        " 4096  " + ".".repeat(124) + "L...",
                        "  32 ports a character; a capital letter where half of them or more are taken.")
                .hasSize(23);
        assertThat(terminal(1000, "map").lines()).contains("    0  .L" + ".".repeat(254));
    }

    @Test
    void a_narrow_terminal_shows_coarser_blocks_and_no_line_is_folded() {
        assertThat(terminal(41, "map").lines())
                .allMatch(line -> line.length() <= 41)
                .contains(
                        " 8192  ......R.........................",
                        "  B b  bound only                1",
                        "  .    free, elsewhere      37,299");
        for (int columns = 20; columns <= 40; columns++) {
            int most = columns;
            assertThat(terminal(columns, "map").lines().dropWhile(line -> !line.startsWith("  L ")))
                    .hasSizeGreaterThan(8)
                    .allMatch(line -> line.length() <= most);
        }
        assertThat(terminal(20, "map")).contains("  :    free, dynamic\n       range 28,227\n");
        assertThat(terminal(1, "map").lines()).contains(" 4096  .......L");
    }

    @Test
    void colours_come_with_shades() {
        assertThat(Ran.on(HOST, "map", "--color", "always", "--range", "39990-40009")
                        .out()
                        .replace('\u001b', '#'))
                .isEqualTo("""
                tcp ports of host at 2026-11-20 03:12:00 UTC, network namespace net:[4026531840]
                #[2m39990#[0m  #[33m::::::::::#[0m#[1;34m█#[0m#[36m██#[0m#[33m:::::::#[0m

                  #[1;31mL#[0m    listening                 0      #[1;32mR#[0m    reserved                  0
                  #[1;35m▒█#[0m   bound only                0      #[1mX#[0m    excluded                  0
                  #[1;34m▒█#[0m   in use                    1      #[33m:#[0m    free, dynamic range      17
                  #[36m▒█#[0m   TIME_WAIT                 2      #[2m.#[0m    free, elsewhere           0
                  One port a character.
                """);
        assertThat(Ran.on(HOST, "map", "--color", "always").out())
                .contains(
                        "\u001b[36m░\u001b[0m", "  64 ports a character: L where one listens, else ░▒▓█ for how many");
    }

    @Test
    void what_is_taken_by_half_is_a_capital_letter() {
        var host = FakeHostNetwork.with();
        for (int port = 32_768; port < 32_800; port++) {
            host.add("10.0.0.1:" + port + " -> 10.0.0.9:443 ESTABLISHED");
            if (port > 32_768) {
                host.add("10.0.0.1:" + (port + 64) + " -> 10.0.0.9:443 ESTABLISHED");
            }
        }
        assertThat(Ran.on(host, "map").out()).contains("32768  Cc::::");
    }

    @Test
    void what_cannot_be_read_is_a_question_mark() {
        var host =
                FakeHostNetwork.with("0.0.0.0:22 LISTEN").policy(policy(null)).notShowing(TcpState.BOUND);
        assertThat(Ran.on(host, "map").out())
                .contains("  B b  bound only                ?      X    excluded                  0\n")
                .contains("      :    free, dynamic range       ?\n")
                .contains("      .    free, elsewhere           ?\n");
    }

    @Test
    void the_names_of_others_do_not_steer_the_terminal() {
        var blue = FakeHostNetwork.with().namespace(new NetworkNamespace(7, "blue\u001b[2J"));
        assertThat(Ran.on(blue, "map").out()).contains("network namespace blue\\u001b[2J\n");
    }
}

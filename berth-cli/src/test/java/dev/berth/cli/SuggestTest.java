package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.PortPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuggestTest {
    private static final FakeHostNetwork HOST = FakeHostNetwork.with(
            "0.0.0.0:8082 LISTEN web(20)",
            "udp 0.0.0.0:8079 BOUND dns(13)",
            "10.0.0.1:8083 -> 10.0.0.9:5432 TIME_WAIT expires=12500");

    private static PortPolicy dynamic(int first, int last) {
        return new PortPolicy(
                new PortRange(first, last), PortSet.EMPTY, List.of(), List.of(), 1024, PortPolicy.Persistent.NOTHING);
    }

    private static String terminal(FakeHostNetwork host, String... args) {
        return Ran.on(FakeHostProvider.of(host).onTerminal(80), Map.of("NO_COLOR", "1"), args)
                .out();
    }

    @Test
    void a_port_stands_first_on_its_line_and_the_reason_behind_it() {
        assertThat(terminal(HOST, "suggest", "--count", "2")).isEqualTo("""
                8078   on tcp: a server can bind it now, no known service uses it, and no client
                       is given it (the dynamic range is 32768-60999)
                8077   on tcp: a server can bind it now, no known service uses it, and no client
                       is given it (the dynamic range is 32768-60999)

                8080 itself is not suggested: it is known for http-alt.
                """);
    }

    @Test
    void a_port_inside_the_range_comes_with_its_reservation() {
        var host = FakeHostNetwork.with().policy(dynamic(1024, 65_535));
        assertThat(terminal(host, "suggest", "--near", "21000")).isEqualTo("""
                21000  on tcp: a server can bind it now, no known service uses it, but it lies
                       in the dynamic range

                Reserve first: the dynamic range 1024-65535 leaves no safe port outside it, so a
                client may be given what is suggested here.

                Before the server starts
                  1 reserve port 21000 until the next restart: automatic choice passes over it,
                    whoever holds it now keeps it (low risk)
                      berth reserve 21000
                  2 reserve port 21000 now and over restarts; what is reserved already stays so
                    (low risk, lasts over restarts)
                      berth reserve 21000 --persist
                """);
    }

    @Test
    void without_a_bind_the_tables_alone_are_named() {
        String json = Ran.on(HOST, "suggest", "--near", "8079", "--no-probe", "--json")
                .out();
        assertThat(json)
                .contains("\"near\":8079,\"objection\":{\"reason\":\"held\",\"service\":null}")
                .contains("{\"port\":8078,\"bindable\":null,\"inDynamicRange\":false}")
                .contains("not tried: --no-probe was given");
    }

    @Test
    void no_port_left_is_a_problem_and_says_so() {
        var reserved = new PortPolicy(
                new PortRange(32_768, 60_999),
                PortSet.of(PortRange.ALL),
                List.of(),
                List.of(),
                1024,
                PortPolicy.Persistent.NOTHING);
        Ran ran = Ran.on(FakeHostNetwork.with().policy(reserved), "suggest");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("No port can be suggested: ");
    }

    @Test
    void an_unknown_range_makes_no_port_safe() {
        var unknown = new PortPolicy(null, PortSet.EMPTY, List.of(), List.of(), null, PortPolicy.Persistent.NOTHING);
        Ran ran = Ran.on(FakeHostNetwork.with().policy(unknown), "suggest");
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).startsWith("berth: cannot tell which ports are safe\n");
    }
}

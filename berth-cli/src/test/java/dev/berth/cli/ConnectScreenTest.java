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

class ConnectScreenTest {
    private static final FakeHostNetwork FULL = FakeHostNetwork.with(
                    "10.0.0.1:65530 -> 10.0.0.9:443 ESTABLISHED shop(7)",
                    "10.0.0.1:65531 -> 10.0.0.9:443 CLOSE_WAIT shop(7)",
                    "10.0.0.1:65532 -> 10.0.0.9:443 ESTABLISHED other\u001b[31m(8)",
                    "10.0.0.1:65533 -> 10.0.0.9:443 TIME_WAIT expires=2500",
                    "0.0.0.0:65535 LISTEN web(20)")
            .policy(new PortPolicy(
                    new PortRange(65_530, 65_535),
                    PortSet.parse("65534"),
                    List.of(),
                    List.of(),
                    1024,
                    PortPolicy.Persistent.NOTHING));

    private static String terminal(String... args) {
        return Ran.on(FakeHostProvider.of(FULL).onTerminal(80), Map.of("NO_COLOR", "1"), args)
                .out();
    }

    @Test
    void the_verdict_comes_first_then_what_it_rests_on_then_the_ways_out() {
        assertThat(terminal("why", "10.0.0.9:443", "--as", "client")).isEqualTo("""
                No client can connect to 10.0.0.9:443 from 10.0.0.1: no local port is left.

                  FROM      IN USE  OF AT MOST  LEFT  HALF TRIED FIRST
                  10.0.0.1       4           4     0              100%

                  states 2 ESTABLISHED, 1 TIME_WAIT, 1 CLOSE_WAIT
                  waits  0 of 1 TIME_WAIT can be taken over by a new connection; the next of the
                         others ends in 2.5 s, 1 of them within 10 s
                  by     shop (7): 2, other\\u001b[31m (8): 1
                  rule   every port of the dynamic range that is not reserved and that no socket
                         owns is in use towards this very destination: connect fails with
                         EADDRNOTAVAIL, and other destinations are not affected.
                  range  65530-65535, 6 ports; 1 reserved, 1 with a socket that owns them
                  asked  local ports only: whether anybody answers there was not tried

                Ways out
                  1 wait 3 s: then the next TIME_WAIT ends, and 1 within 10 s (the kernel's
                    timer may take 2 s more) (no risk)
                  2 keep connections open and use them again: keep-alive, a pool, HTTP/2 (low
                    risk, lasts over restarts)
                  3 where the protocol allows it, let the server close first: the TIME_WAIT is
                    then on its side and costs no port here (low risk, lasts over restarts)
                  4 spread the connections over more source addresses, or more addresses or
                    ports of the destination (low risk, lasts over restarts)
                  5 draw from 10240-65535 until the next restart, up to 55290 ports more; what
                    servers listen on there, what files configure for them and a Kubernetes
                    node's services (30000-32767) are reserved first (medium risk)
                      berth range set 10240-65535

                Not seen
                  whether a TIME_WAIT may be taken over: tcp_tw_reuse or tcp_timestamps could
                  not be read; none is counted as if it may
                """);
    }

    @Test
    void a_port_given_by_number_has_the_first_word() {
        assertThat(terminal("why", "10.0.0.9:444", "--as", "client", "--local-port", "65535"))
                .isEqualTo("""
                No client can connect to 10.0.0.9:444 from local port 65535.

                  STATE   LOCAL          REMOTE  HELD BY
                  LISTEN  0.0.0.0:65535  -       web (20)

                  rule   without SO_REUSEADDR and with it: bind fails (EADDRINUSE). Beside a
                         listener an overlapping bind succeeds only where both sockets set
                         SO_REUSEPORT and belong to the same user; SO_REUSEADDR does not help.

                If the system chooses the port
                  Local ports are left to connect to 10.0.0.9:444: up to 4.

                  FROM  IN USE  OF AT MOST  LEFT  HALF TRIED FIRST
                  ?          0           4     4              0.0%

                  rule   a connect takes a port of the dynamic range that is not reserved, that
                         no socket owns, and that is not in use towards this very destination.
                  range  65530-65535, 6 ports; 1 reserved, 1 with a socket that owns them
                  asked  local ports only: whether anybody answers there was not tried

                Ways out
                  1 do not bind a port, and the system chooses one that is free (no risk, lasts
                    over restarts)

                Not seen
                  the source address: no route was read and nothing is connected there; --source
                  names one
                """);
    }
}

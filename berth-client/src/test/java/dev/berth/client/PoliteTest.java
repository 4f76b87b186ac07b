package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that starts later, on the very port a client has. */
class PoliteTest {
    private static LocalPorts client(String kind) {
        return switch (kind) {
            case "polite" -> LocalPorts.builder().polite().build();
            case "shared" -> LocalPorts.builder().range(20_000, 20_009).build();
            case "exclusive" ->
                LocalPorts.builder()
                        .range(20_000, 20_009)
                        .sharing(PortSharing.EXCLUSIVE)
                        .build();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest(name = "{0} client, server with SO_REUSEADDR {1}: {2}")
    @CsvSource({
        "polite, true, true",
        "polite, false, false",
        "shared, true, true",
        "shared, false, false",
        "exclusive, true, false",
        "exclusive, false, false",
        "none, true, false",
        "none, false, false",
    })
    void a_server_can_have_the_port_when_both_sides_give_way(String kind, boolean serverReuses, boolean works)
            throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                Socket client = kind.equals("none")
                        ? new Socket(Apart.address("127.0.0.1"), 7001)
                        : client(kind).connect(peer.address());
                int port = client.getLocalPort();
                assertThat(Apart.count("01", port, 7001)).isEqualTo(1);
                serve(port, serverReuses, works);

                peer.closeAfter(client);
                assertThat(Apart.count("06", port, 7001)).isEqualTo(1);
                serve(port, serverReuses, works);
            }
        });
    }

    private static void serve(int port, boolean reuses, boolean works) throws Exception {
        for (String address : new String[] {"127.0.0.1", "0.0.0.0"}) {
            try (var server = new ServerSocket()) {
                server.setReuseAddress(reuses);
                var local = new InetSocketAddress(address, port);
                if (works) {
                    server.bind(local);
                } else {
                    assertThatThrownBy(() -> server.bind(local)).isInstanceOf(BindException.class);
                }
            }
        }
    }
}

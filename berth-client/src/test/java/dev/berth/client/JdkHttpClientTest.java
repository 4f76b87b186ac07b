package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Why this library has no adapter for the JDK's HTTP client: it has no place for one, and the one thing it offers, a local
 * address, makes ports scarcer.
 */
class JdkHttpClientTest {
    private static final int CONNECTIONS_EACH = 10;

    private enum Outcome {
        ACCEPTED,
        FAILED
    }

    @Test
    void ten_ports_carry_thirty_connections_to_three_destinations_and_with_a_local_address_ten() throws Exception {
        assertThat(accepted(HttpClient.newBuilder())).isEqualTo(30);
        assertThat(accepted(HttpClient.newBuilder().localAddress(InetAddress.ofLiteral("127.0.0.9"))))
                .isEqualTo(10);
    }

    private static long accepted(HttpClient.Builder builder) throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40009");
            return namespace.call(() -> {
                BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
                try (HttpClient client =
                                builder.version(HttpClient.Version.HTTP_1_1).build();
                        var first = new Silent(1, outcomes);
                        var second = new Silent(2, outcomes);
                        var third = new Silent(3, outcomes)) {
                    for (int i = 0; i < CONNECTIONS_EACH; i++) {
                        for (Silent server : List.of(first, second, third)) {
                            var _ = client.sendAsync(
                                            HttpRequest.newBuilder(server.uri()).build(),
                                            HttpResponse.BodyHandlers.discarding())
                                    .whenComplete((answer, failure) -> outcomes.add(Outcome.FAILED)); // none answers
                        }
                    }
                    int accepted = 0;
                    for (int i = 0; i < 3 * CONNECTIONS_EACH; i++) {
                        accepted += outcomes.poll(10, TimeUnit.SECONDS) == Outcome.ACCEPTED ? 1 : 0;
                    }
                    client.shutdownNow();
                    return accepted;
                }
            });
        }
    }

    /** Accepts connections and says so; never answers. */
    private static final class Silent implements AutoCloseable {
        private final ServerSocket server;

        Silent(int last, BlockingQueue<Outcome> outcomes) throws IOException {
            server = new ServerSocket(7000 + last, 100, InetAddress.ofLiteral("127.0.0." + last));
            Thread.ofVirtual().start(() -> accept(outcomes));
        }

        private void accept(BlockingQueue<Outcome> outcomes) {
            try {
                while (true) {
                    Socket _ = server.accept(); // open as long as the client wants it
                    outcomes.add(Outcome.ACCEPTED);
                }
            } catch (IOException e) {
                // closed: the test is over
            }
        }

        URI uri() {
            return URI.create("http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/");
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}

package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.wine.Wine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/**
 * The client on a Windows JVM. Wine hands the sockets on to Linux, so what TIME_WAIT means to a bind is not to be seen here;
 * {@link LocalPortsBuilderTest} has what is thought of it.
 */
class WindowsUnderWineTest {
    /** What is run there. */
    static final class OnWindows {
        private OnWindows() {}

        @SuppressWarnings("SystemOut") // it is all that the test sees of it
        public static void main(String[] arguments) throws IOException {
            try (var one = new ServerSocket(0, 10, Apart.address("127.5.0.1"));
                    var other = new ServerSocket(0, 10, Apart.address("127.5.0.2"))) {
                var first = (InetSocketAddress) one.getLocalSocketAddress();
                var second = (InetSocketAddress) other.getLocalSocketAddress();
                try (Socket socket = LocalPorts.create().connect(first)) {
                    System.out.println(LocalPorts.create() + ": connected " + socket.isConnected());
                }
                LocalPorts ports = LocalPorts.builder().range(20_000, 20_000).build();
                System.out.println(ports);
                try (Socket socket = ports.connect(first)) {
                    System.out.println("from port " + socket.getLocalPort() + ", reuse " + socket.getReuseAddress());
                    System.out.println("elsewhere " + failure(() -> ports.connect(second)));
                    System.out.println("another bind " + failure(() -> bind(20_000)));
                }
                LocalPorts more = LocalPorts.builder().range(20_001, 20_009).build();
                try (Socket socket = more.connect(first);
                        var channel = more.connectChannel(second)) {
                    System.out.println("another port "
                            + (socket.getLocalPort() != channel.socket().getLocalPort()));
                }
                System.out.println("nobody " + failure(() -> more.connect(Apart.at("127.5.0.1", 9))));
                System.out.println("in use "
                        + more.usage().stream()
                                .mapToInt(DestinationUsage::inUse)
                                .sum());
            }
        }

        private static AutoCloseable bind(int port) throws IOException {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(port));
            return socket;
        }

        private interface Call {
            AutoCloseable make() throws IOException;
        }

        private static String failure(Call call) {
            try {
                return "works: " + call.make();
            } catch (ConnectException | PortsExhaustedException e) {
                return e.getClass().getSimpleName();
            } catch (IOException e) {
                return e.getClass().getName();
            }
        }
    }

    @Test
    void a_range_is_taken_one_connection_per_port_and_nothing_is_chosen_without_one() throws Exception {
        try (Wine wine = Wine.here()) {
            Wine.Ended ended = wine.java(OnWindows.class);
            assertThat(ended.output().lines())
                    .as(ended.complaint())
                    .containsExactly(
                            "local ports chosen by the system: connected true",
                            "local ports chosen from 20000",
                            "from port 20000, reuse false",
                            "elsewhere PortsExhaustedException",
                            "another bind java.net.BindException",
                            "another port true",
                            "nobody ConnectException",
                            "in use 0");
        }
    }
}

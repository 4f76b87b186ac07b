package dev.berth.client.metrics;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.client.LocalPortMetrics;
import dev.berth.client.LocalPorts;
import dev.berth.client.PortsExhaustedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a program with a single local port lives through on loopback. To {@code payments} it has one connection, closes it
 * and finds no port for the next; then a server takes its port, so that it finds none to {@code crawled} either, until that
 * server is gone.
 */
final class Story {
    static final String PAYMENTS = "payments";
    private static final String CRAWLED = "crawled";
    private static final int PORT = 21_400; // which the system gives to nobody

    /** An instance of the metrics, and what tells it of the ports. */
    record Watched(LocalPortMetrics metrics, Consumer<LocalPorts> watch) {}

    private Story() {}

    /**
     * Tells {@code metrics} of it.
     *
     * @param atTheEnd is called while one connection to {@code crawled} is open, and one to {@code payments} in TIME_WAIT
     */
    static void happen(LocalPortMetrics metrics, Consumer<LocalPorts> begin, Runnable atTheEnd) throws IOException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux"), "elsewhere no server gets a port that is in TIME_WAIT");
        try (var payments = new ServerSocket(0, 9, loopback(PAYMENTS));
                var crawled = new ServerSocket(0, 9, loopback(CRAWLED))) {
            LocalPorts ports =
                    LocalPorts.builder().range(PORT, PORT).metrics(metrics).build();
            begin.accept(ports);
            ports.connect(at(PAYMENTS, payments)).close();
            exhausted(ports, at(PAYMENTS, payments));
            try (var _ = new ServerSocket(PORT, 9, loopback(CRAWLED))) {
                exhausted(ports, at(CRAWLED, crawled));
            }
            try (Socket _ = ports.connect(at(CRAWLED, crawled))) {
                atTheEnd.run();
            }
        }
    }

    /**
     * Two local ports for {@code first}, with one connection, and two for {@code second}, with two.
     *
     * @param atTheEnd is called while all are open
     */
    static void ofTwo(Function<String, Watched> begin, Runnable atTheEnd) throws IOException {
        try (var server = new ServerSocket(0, 9, loopback(CRAWLED))) {
            LocalPorts first = watched(begin.apply("first"), PORT + 1);
            LocalPorts second = watched(begin.apply("second"), PORT + 3);
            try (Socket _ = first.connect(at(CRAWLED, server));
                    Socket _ = second.connect(at(CRAWLED, server));
                    Socket _ = second.connect(at(CRAWLED, server))) {
                atTheEnd.run();
            }
        }
    }

    private static LocalPorts watched(Watched by, int firstPort) {
        LocalPorts ports = LocalPorts.builder()
                .range(firstPort, firstPort + 1)
                .metrics(by.metrics())
                .build();
        by.watch().accept(ports);
        return ports;
    }

    private static void exhausted(LocalPorts ports, InetSocketAddress destination) {
        assertThatExceptionOfType(PortsExhaustedException.class).isThrownBy(() -> ports.connect(destination));
    }

    private static InetSocketAddress at(String host, ServerSocket server) throws IOException {
        return new InetSocketAddress(loopback(host), server.getLocalPort());
    }

    private static InetAddress loopback(String host) throws IOException {
        return InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1});
    }
}

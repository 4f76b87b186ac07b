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

/**
 * What a program with a single local port lives through on loopback. To {@code payments} it has one connection, closes it
 * and finds no port for the next; then a server takes its port, so that it finds none to {@code crawled} either, until that
 * server is gone.
 */
final class Story {
    static final String PAYMENTS = "payments";
    private static final String CRAWLED = "crawled";

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
            int port = freePort();
            LocalPorts ports =
                    LocalPorts.builder().range(port, port).metrics(metrics).build();
            begin.accept(ports);
            ports.connect(at(PAYMENTS, payments)).close();
            exhausted(ports, at(PAYMENTS, payments));
            try (var _ = new ServerSocket(port, 9, loopback(CRAWLED))) {
                exhausted(ports, at(CRAWLED, crawled));
            }
            try (Socket _ = ports.connect(at(CRAWLED, crawled))) {
                atTheEnd.run();
            }
        }
    }

    private static void exhausted(LocalPorts ports, InetSocketAddress destination) {
        assertThatExceptionOfType(PortsExhaustedException.class).isThrownBy(() -> ports.connect(destination));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static InetSocketAddress at(String host, ServerSocket server) throws IOException {
        return new InetSocketAddress(loopback(host), server.getLocalPort());
    }

    private static InetAddress loopback(String host) throws IOException {
        return InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1});
    }
}

package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A counter that fails costs a number, never a connection or a port. */
class HarmlessMetricsTest {
    private static final InetAddress LOCALHOST = InetAddress.getLoopbackAddress();

    /** Fails whenever it is told something. */
    private static final class Broken implements LocalPortMetrics {
        private final List<String> told = new ArrayList<>();

        private void tell(String what) {
            told.add(what);
            throw new IllegalStateException("the registry is closed");
        }

        @Override
        public void connected(InetSocketAddress destination, int candidates) {
            tell("connected " + candidates);
        }

        @Override
        public void lostRace(InetSocketAddress destination) {
            tell("lost race");
        }

        @Override
        public void exhausted(PortsExhaustedException failure) {
            tell("exhausted");
        }

        @Override
        public void closed(InetSocketAddress destination, boolean waits) {
            tell("closed " + waits);
        }

        @Override
        public String toString() {
            return "a broken counter";
        }
    }

    private final Broken broken = new Broken();

    @Test
    void connections_are_made_and_ports_given_back_whatever_the_counter_throws() throws Exception {
        try (var server = new ServerSocket(0, 9, LOCALHOST)) {
            var remote = (InetSocketAddress) server.getLocalSocketAddress();
            int port = freePort();
            LocalPorts ports = LocalPorts.builder()
                    .range(port, port)
                    .timeWait(Duration.ZERO)
                    .metrics(broken)
                    .build();
            List<LogRecord> logged = logged(() -> {
                try (Closeable _ = ports.connect(remote)) {
                    assertThat(ports.usage())
                            .extracting(DestinationUsage::inUse)
                            .containsExactly(1);
                    assertExhausted(ports, remote);
                }
                assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(0);
                try (var _ = new ServerSocket(port, 9, LOCALHOST)) {
                    assertExhausted(ports, remote);
                }
                try (ConnectAttempt attempt = ports.attempt(remote)) {
                    attempt.next();
                    attempt.connected(this).releaseAtOnce();
                }
            });
            assertThat(ports.usage()).containsExactly(new DestinationUsage(remote, 0, 0, 1, 1, 2));
            assertThat(broken.told)
                    .containsExactly(
                            "connected 1",
                            "exhausted",
                            "closed false",
                            "lost race",
                            "exhausted",
                            "connected 1",
                            "closed false");
            assertThat(logged).hasSize(1);
            assertThat(logged.getFirst().getMessage())
                    .isEqualTo(
                            "a counter of local ports failed, and may count too little from now on: a broken counter");
            assertThat(logged.getFirst().getThrown()).hasMessage("the registry is closed");
        }
    }

    private static void assertExhausted(LocalPorts ports, InetSocketAddress remote) {
        assertThatExceptionOfType(PortsExhaustedException.class).isThrownBy(() -> ports.connect(remote));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    private static List<LogRecord> logged(Body body) throws Exception {
        var records = new ArrayList<LogRecord>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.berth.client");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            body.run();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        return records;
    }
}

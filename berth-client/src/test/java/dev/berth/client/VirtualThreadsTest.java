package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand virtual threads connect and read at the same time, and none holds its carrier while it waits. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Linux has all of 127.0.0.0/8")
class VirtualThreadsTest {
    private static final int THREADS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void two_thousand_virtual_threads_connect_and_read_without_pinning() throws Exception {
        LocalPorts ports = LocalPorts.builder().range(20_000, 29_999).build();
        try (var server = new ServerSocket(0, THREADS, InetAddress.getByName("127.3.0.1"));
                var recording = new Recording()) {
            var remote = (InetSocketAddress) server.getLocalSocketAddress();
            Thread.ofPlatform().daemon().start(() -> answer(server));
            connectAndRead(ports, remote, 2); // classes are loaded
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
            recording.start();
            connectAndRead(ports, remote, THREADS);
            recording.stop();

            assertThat(ports.usage()).singleElement().satisfies(usage -> {
                assertThat(usage.inUse()).isZero();
                assertThat(usage.waiting()).isZero();
                assertThat(usage.exhaustions()).isZero();
            });
            assertThat(pinned(recording)).isEmpty();
        }
    }

    private static void connectAndRead(LocalPorts ports, InetSocketAddress remote, int threads) throws Exception {
        var connected = new CountDownLatch(threads);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                done.add(executor.submit(() -> {
                    Socket socket;
                    try {
                        socket = ports.connect(remote);
                    } finally {
                        connected.countDown(); // the others need not wait for one that failed
                    }
                    try (socket) {
                        socket.setSoLinger(true, 0);
                        connected.await(); // all are open at the same time
                        socket.getOutputStream().write(42);
                        assertThat(socket.getInputStream().read()).isEqualTo(42);
                    }
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
    }

    /** Echoes one byte on each connection, in the order they came. */
    private static void answer(ServerSocket server) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            while (true) {
                Socket socket = server.accept();
                executor.execute(() -> echo(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getOutputStream().write(socket.getInputStream().read());
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            // reset, as it should be
        }
    }

    private List<RecordedEvent> pinned(Recording recording) throws IOException {
        Path file = folder.resolve("pinned.jfr");
        recording.dump(file);
        assertThat(Files.size(file)).isPositive();
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                .filter(event -> event.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().startsWith("dev.berth.client.")))
                .toList();
    }
}

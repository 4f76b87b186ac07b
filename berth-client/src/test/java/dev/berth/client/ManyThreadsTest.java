package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Four threads on eight ports of a real kernel: while one is free no connect fails. */
class ManyThreadsTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 500;

    @Test
    void no_connect_fails_while_a_port_is_free() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = LocalPorts.builder()
                        .range(20_000, 20_007)
                        .reuseTimeWait()
                        .build();
                Thread.ofPlatform().daemon().start(() -> closeAll(peer));
                var clients = new ArrayList<FutureTask<Integer>>();
                for (int i = 0; i < THREADS; i++) {
                    boolean channels = i % 2 == 0;
                    clients.add(start(() -> connect(ports, peer.address(), channels)));
                }
                for (FutureTask<Integer> client : clients) {
                    assertThat(client.get()).isEqualTo(ROUNDS);
                }
                assertThat(ports.usage()).singleElement().satisfies(usage -> {
                    assertThat(usage.inUse()).isZero();
                    assertThat(usage.exhaustions()).isZero();
                });
            }
        });
    }

    private static <T> FutureTask<T> start(Callable<T> body) {
        var task = new FutureTask<>(body);
        Thread.ofPlatform().start(task);
        return task;
    }

    private static void closeAll(Peer peer) {
        try {
            while (true) {
                peer.closeBefore();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static int connect(LocalPorts ports, InetSocketAddress remote, boolean channels) throws IOException {
        int rounds = 0;
        while (rounds < ROUNDS) {
            if (channels) {
                try (SocketChannel channel = ports.connectChannel(remote)) {
                    assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                }
            } else {
                try (Socket socket = ports.connect(remote)) {
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                }
            }
            rounds++;
        }
        return rounds;
    }
}

package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.live.Stage.Connection;
import dev.berth.net.Cases;
import java.net.BindException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The ports {@code why HOST:PORT --as client} counts as left are the connects that the kernel still makes, on random
 * sockets. Sockets bound to port 0 are left out: they make the answer the upper bound it says it is.
 */
class ConnectsForetoldTest {
    private static final String DELAY = "ipv4/tcp_tw_reuse_delay";
    private static final String ASK = "why 127.0.0.1:9000 --as client --source 127.0.0.1";
    private static final int FIRST = 40_000;
    private static final int PORTS = 16;

    /**
     * What is there before the question.
     *
     * @param seed of what happens to each port
     * @param recycles whether a TIME_WAIT may be taken over at once
     */
    private record Scene(long seed, boolean recycles) {}

    @Test
    void what_is_left_is_what_the_kernel_still_connects() throws Exception {
        new Stage().close(); // skips the test, rather than failing its cases, where there can be none
        boolean canRecycle = Files.exists(Path.of("/proc/sys/net", DELAY)); // Linux 6.14; before, it takes a second
        Cases.of(random -> new Scene(random.nextLong(), random.nextBoolean() && canRecycle))
                .count(100)
                .forEach(scene -> {
                    try (var stage = new Stage()) {
                        holds(scene, stage);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void holds(Scene scene, Stage stage) throws Exception {
        var random = new Random(scene.seed);
        stage.dynamicRange(FIRST, FIRST + PORTS - 1);
        stage.set("ipv4/tcp_tw_reuse", scene.recycles ? "1" : "0");
        if (scene.recycles) {
            stage.set(DELAY, "1");
        }
        stage.set(
                "ipv4/ip_local_reserved_ports", FIRST + random.nextInt(PORTS) + "," + (FIRST + random.nextInt(PORTS)));
        ServerSocketChannel asked = stage.listener(LOOPBACK, 9000);
        ServerSocketChannel other = stage.listener("127.0.0.2", 9000);
        for (int sockets = random.nextInt(14); sockets > 0; sockets--) {
            act(random, stage, asked, other);
        }
        if (scene.recycles) {
            Thread.sleep(20); // every TIME_WAIT is older than the delay
        }

        Answer answer = stage.ask(ASK);

        int connected = 0;
        while (connects(stage, asked)) {
            connected++;
        }
        assertThat(answer.at("/spaces/0/left").asInt())
                .as(answer.document().toString())
                .isEqualTo(connected);
        assertThat(answer.text("/verdict").equals("tuple-space-exhausted")).isEqualTo(connected == 0);
    }

    @Test
    void the_last_port_left_of_many_is_a_port() throws Exception {
        try (var stage = new Stage()) {
            stage.dynamicRange(FIRST, FIRST + 399);
            ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
            for (int i = 0; i < 399; i++) {
                stage.connect(listener);
            }

            Answer last = stage.ask(ASK);
            assertThat(last.at("/connectable").asBoolean()).isTrue();
            assertThat(last.at("/spaces/0/left").asInt()).isEqualTo(1);
            assertThat(stage.show(ASK)).contains("nearly none is left at all");
            assertThat(connects(stage, listener)).isTrue();
            assertThat(stage.ask(ASK).text("/verdict")).isEqualTo("tuple-space-exhausted");
        }
    }

    private static void act(Random random, Stage stage, ServerSocketChannel asked, ServerSocketChannel other)
            throws Exception {
        int port = FIRST + random.nextInt(PORTS);
        String address = "127.0.0." + (1 + random.nextInt(9));
        ServerSocketChannel to = random.nextBoolean() ? asked : other;
        try {
            switch (random.nextInt(7)) {
                case 0 -> stage.listener(address, port);
                case 1 -> stage.socket().bind(at(address, port));
                case 2 -> {
                    stage.socket().bind(at(LOOPBACK, port)).connect(to.getLocalAddress());
                    stage.closing(to.accept());
                }
                case 3 -> stage.connect(to).closeByClient();
                case 4 -> stage.connect(to).closeByPeer();
                default -> stage.connect(to);
            }
        } catch (BindException e) {
            // taken already, or nothing is left: as good a scene
        }
    }

    private static boolean connects(Stage stage, ServerSocketChannel listener) throws Exception {
        SocketChannel client = stage.socket();
        try {
            client.connect(listener.getLocalAddress());
        } catch (BindException e) {
            return false;
        }
        new Connection(client, stage.closing(listener.accept()));
        return true;
    }
}

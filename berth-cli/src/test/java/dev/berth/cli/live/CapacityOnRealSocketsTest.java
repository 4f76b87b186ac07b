package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.BindException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code berth capacity}: what it counts is what the kernel gives. */
class CapacityOnRealSocketsTest {
    private final Stage stage = new Stage();

    CapacityOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private static double number(Answer answer, String pointer) {
        assertThat(answer.at(pointer).isNumber())
                .as(pointer + " of " + answer.document())
                .isTrue();
        return answer.at(pointer).asDouble();
    }

    @Test
    void exactly_as_many_connects_succeed_as_it_counts_ports() throws Exception {
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        stage.dynamicRange(40_000, 40_049);
        stage.set("ipv4/ip_local_reserved_ports", "40010-40011");
        stage.listener("127.0.0.7", 40_020);
        stage.socket().bind(at(LOOPBACK, 40_030));
        var byNumber = stage.socket();
        byNumber.bind(at(LOOPBACK, 40_031));
        byNumber.connect(at(LOOPBACK, 9000));
        stage.closing(server.accept());

        Answer answer = stage.ask("capacity");

        assertThat(answer.code()).isZero();
        assertThat(answer.text("/from/ports")).isEqualTo("host");
        int ports = answer.at("/ports").asInt();
        assertThat(ports).isEqualTo(45);
        for (int i = 0; i < ports; i++) {
            stage.connect(server);
        }
        assertThatThrownBy(() -> stage.connect(server))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("Cannot assign requested address");
    }

    @Test
    void a_rate_below_the_sustainable_one_goes_on_and_one_above_it_ends() throws Exception {
        stage.set("ipv4/tcp_tw_reuse", "1"); // a TIME_WAIT is then worth a second, and the test need not last minutes
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        stage.dynamicRange(40_000, 40_019);

        Answer answer = stage.ask("capacity");

        assertThat(number(answer, "/timeWaitSeconds")).isEqualTo(1);
        assertThat(number(answer, "/sustainableConnectionsPerSecond")).isEqualTo(20);
        for (int i = 0; i < 45; i++) { // 15 a second, for three seconds
            stage.connect(server).closeByClient();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(66));
        }
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        stage.connect(server).closeByClient();
                    }
                })
                .isInstanceOf(BindException.class);
    }

    @Test
    void a_destination_shows_how_long_its_connections_last_and_what_it_can_have() throws Exception {
        stage.set("ipv4/tcp_tw_reuse", "0");
        stage.dynamicRange(40_000, 40_099);
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        for (int i = 0; i < 30; i++) {
            stage.connect(server).closeByClient(); // 30 in 60 s
        }
        for (int i = 0; i < 6; i++) {
            stage.connect(server);
        }

        Answer answer = stage.ask("capacity --to 127.0.0.1:9000 --rate 5");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(number(answer, "/timeWaitSeconds")).isEqualTo(60);
        assertThat(number(answer, "/holdSeconds")).isEqualTo(12, within(0.001)); // 6 open, and every 2 s one closes
        assertThat(answer.text("/from/holdSeconds")).isEqualTo("host");
        assertThat(number(answer, "/sustainableConnectionsPerSecond")).isEqualTo(100 / 72.0, within(0.0001));
        assertThat(number(answer, "/cliffConnectionsPerSecond")).isEqualTo(50 / 72.0, within(0.0001));
        assertThat(number(answer, "/neededPorts")).isEqualTo(360);
        assertThat(number(answer, "/busiest/0/sharePercent")).isEqualTo(36, within(0.01));
        assertThat(answer.texts("/remedies", "/id")).contains("reuse-connections", "reuse-time-wait");
    }

    @Test
    void loopback_lets_a_time_wait_be_taken_over_where_other_destinations_do_not() throws Exception {
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        stage.connect(server).closeByClient();

        assertThat(number(stage.ask("capacity"), "/timeWaitSeconds")).isEqualTo(60);
        assertThat(number(stage.ask("capacity --to 127.0.0.1:9000"), "/timeWaitSeconds"))
                .isEqualTo(1);
    }

    @Test
    void a_destination_that_nobody_is_connected_to_is_refused() {
        assertThat(stage.refused("capacity --to 127.0.0.1:9000"))
                .startsWith("berth: nothing here is connected to 127.0.0.1:9000\n");
    }
}

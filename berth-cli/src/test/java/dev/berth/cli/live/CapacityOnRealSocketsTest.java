package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

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
    void a_client_that_never_waits_gets_the_sustainable_rate_and_no_more() throws Exception {
        stage.set("ipv4/tcp_tw_reuse", "1"); // a TIME_WAIT is then worth a second, and the test need not last minutes
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        stage.dynamicRange(40_000, 40_019);

        Answer answer = stage.ask("capacity");

        assertThat(number(answer, "/timeWaitSeconds")).isEqualTo(1);
        double rate = number(answer, "/sustainableConnectionsPerSecond");
        assertThat(rate).isEqualTo(20);
        assertThat(untilSuccesses(server, 20)).as("all that are free").isLessThan(1);
        untilSuccesses(server, 1); // the first that came back
        assertThat(80 / untilSuccesses(server, 80)).isBetween(0.75 * rate, 1.02 * rate);
    }

    /** Connects and closes until so many connects succeeded, and says how many seconds that took. */
    private double untilSuccesses(ServerSocketChannel server, int wanted) throws Exception {
        long start = System.nanoTime();
        long giveUp = start + TimeUnit.SECONDS.toNanos(30);
        int successes = 0;
        while (successes < wanted) {
            try {
                stage.connect(server).closeByClient();
                successes++;
            } catch (BindException _) {
                assertThat(System.nanoTime()).isLessThan(giveUp);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        return (System.nanoTime() - start) / 1e9;
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
        assertThat(number(answer, "/timeWaitSeconds")).isEqualTo(62);
        assertThat(number(answer, "/holdSeconds")).isEqualTo(12, within(0.001)); // 6 open, and every 2 s one closes
        assertThat(answer.text("/from/holdSeconds")).isEqualTo("inferred");
        assertThat(number(answer, "/keptOpen")).isZero();
        assertThat(number(answer, "/sustainableConnectionsPerSecond")).isEqualTo(100 / 74.0, within(0.0001));
        assertThat(number(answer, "/cliffConnectionsPerSecond")).isEqualTo(50 / 74.0, within(0.0001));
        assertThat(number(answer, "/neededPorts")).isEqualTo(370);
        assertThat(number(answer, "/busiest/0/sharePercent")).isEqualTo(37, within(0.01));
        assertThat(answer.texts("/remedies", "/id")).contains("reuse-connections", "reuse-time-wait");
    }

    @Test
    void connections_that_stay_open_leave_the_calls_only_the_other_ports() throws Exception {
        stage.set("ipv4/tcp_tw_reuse", "0");
        stage.dynamicRange(40_000, 40_099);
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        for (int i = 0; i < 80; i++) {
            stage.connect(server);
        }

        Answer answer = stage.ask("capacity --to 127.0.0.1:9000 --rate 1");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.at("/fits").asBoolean()).isFalse();
        assertThat(number(answer, "/ports")).isEqualTo(100);
        assertThat(number(answer, "/keptOpen")).isEqualTo(80);
        assertThat(number(answer, "/sustainableCallsPerSecond")).isEqualTo(20 / 62.0, within(0.0001));
        assertThat(answer.texts("/gaps", "/why"))
                .anySatisfy(why -> assertThat(why).startsWith("80 are open and none was seen to be closed"));
        for (int i = 0; i < 20; i++) {
            stage.connect(server).closeByClient();
        }
        assertThatThrownBy(() -> stage.connect(server)).isInstanceOf(BindException.class);
    }

    @Test
    void the_doctor_says_the_same_rate_for_the_same_moment() throws Exception {
        stage.set("ipv4/tcp_tw_reuse", "0");
        stage.dynamicRange(40_000, 40_099);
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        double until = System.nanoTime() + 3.2e9; // a rate is settled by ten closes in two whole seconds
        int closed = 0;
        while (System.nanoTime() < until || closed < 12) {
            stage.connect(server).closeByClient();
            closed++;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        stage.connect(server);

        double doctor = number(stage.ask("doctor"), "/destinations/0/sustainablePerSecond");
        double capacity = number(stage.ask("capacity --to 127.0.0.1:9000"), "/sustainableConnectionsPerSecond");

        assertThat(capacity).isCloseTo(doctor, withinPercentage(2)).isCloseTo(100 / 62.1, withinPercentage(2));
    }

    @Test
    void a_source_with_a_stray_connection_makes_no_room_for_the_busy_one() throws Exception {
        stage.set("ipv4/tcp_tw_reuse", "0");
        stage.dynamicRange(40_000, 40_099);
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        var stray = stage.socket();
        stray.bind(at("127.0.0.2", 0));
        stray.connect(at(LOOPBACK, 9000));
        stage.closing(server.accept());
        for (int i = 0; i < 90; i++) {
            stage.connect(server).closeByClient();
        }

        Answer answer = stage.ask("capacity --to 127.0.0.1:9000 --rate 2");

        assertThat(answer.text("/busiestSource/address")).isEqualTo(LOOPBACK);
        assertThat(number(answer, "/busiestSource/sharePercent")).isEqualTo(100);
        assertThat(answer.code()).as("124 ports of 100").isEqualTo(1);
    }

    @Test
    void loopback_lets_a_time_wait_be_taken_over_where_other_destinations_do_not() throws Exception {
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        stage.connect(server).closeByClient();

        assertThat(number(stage.ask("capacity"), "/timeWaitSeconds")).isEqualTo(62);
        assertThat(number(stage.ask("capacity --to 127.0.0.1:9000"), "/timeWaitSeconds"))
                .isEqualTo(1);
    }

    @Test
    void a_destination_that_nobody_is_connected_to_is_refused() {
        assertThat(stage.refused("capacity --to 127.0.0.1:9000"))
                .startsWith("berth: nothing here is connected to 127.0.0.1:9000\n");
    }
}

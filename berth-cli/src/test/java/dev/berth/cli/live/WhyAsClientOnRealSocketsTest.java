package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static dev.berth.cli.live.Stage.thisProcess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.berth.cli.live.Stage.Connection;
import java.net.BindException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth why HOST:PORT --as client}: the answer is what the next connect does. */
class WhyAsClientOnRealSocketsTest {
    private static final String ASK = "why 127.0.0.1:9000 --as client";
    private static final String FROM_LOOPBACK = ASK + " --source 127.0.0.1";

    private final Stage stage = new Stage();

    WhyAsClientOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private List<Connection> connect(ServerSocketChannel listener, int times) throws Exception {
        var connections = new ArrayList<Connection>();
        for (int i = 0; i < times; i++) {
            connections.add(stage.connect(listener));
        }
        return connections;
    }

    private void isRefused(ServerSocketChannel listener) {
        assertThatThrownBy(() -> stage.connect(listener))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("Cannot assign requested address");
    }

    private static void isExhausted(Answer answer) {
        says("tuple-space-exhausted", false, 1, answer);
        assertThat(answer.at("/spaces/0/left").asInt()).isZero();
    }

    private static void isConnectable(Answer answer) {
        says("connectable", true, 0, answer);
    }

    private static void isSlow(Answer answer) {
        says("past-cliff", true, 1, answer);
    }

    private static void says(String verdict, boolean connectable, int code, Answer answer) {
        assertThat(answer.text("/verdict")).as(answer.document().toString()).isEqualTo(verdict);
        assertThat(answer.at("/connectable").asBoolean()).isEqualTo(connectable);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void a_destination_nobody_is_connected_to_has_the_whole_range() throws Exception {
        stage.dynamicRange(40_000, 40_099);
        stage.set("ipv4/ip_local_reserved_ports", "40010-40019");
        stage.listener("127.0.0.5", 40_051);
        stage.socket().bind(at("127.0.0.6", 40_053));

        Answer answer = stage.ask(FROM_LOOPBACK);

        isConnectable(answer);
        assertThat(answer.at("/spaces/0/capacity").asInt()).isEqualTo(88);
        assertThat(answer.at("/spaces/0/left").asInt()).isEqualTo(88);
        assertThat(answer.at("/reservedPorts").asInt()).isEqualTo(10);
        assertThat(answer.at("/ownedPorts").asInt()).isEqualTo(2);
        assertThat(answer.at("/fixes").isEmpty()).isTrue();
    }

    @Test
    void connections_use_a_space_up_and_no_other() throws Exception {
        stage.dynamicRange(40_000, 40_019);
        stage.set("ipv4/ip_local_reserved_ports", "40003");
        stage.listener("127.0.0.5", 40_005);
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        connect(listener, 17);

        Answer almost = stage.ask(FROM_LOOPBACK);

        isSlow(almost);
        assertThat(almost.at("/spaces/0/left").asInt()).isEqualTo(1);
        connect(listener, 1);
        isRefused(listener);
        Answer full = stage.ask(FROM_LOOPBACK);
        isExhausted(full);
        assertThat(full.at("/spaces/0/capacity").asInt()).isEqualTo(18);
        assertThat(full.at("/spaces/0/counts/ESTABLISHED").asInt()).isEqualTo(18);
        assertThat(full.text("/spaces/0/processes/0/pid")).isEqualTo(thisProcess());
        assertThat(full.at("/spaces/0/processes/0/connections").asInt()).isEqualTo(18);
        assertThat(full.texts("/fixes", "/id")).containsExactly("reuse-connections", "add-endpoints", "widen-range");
        isConnectable(stage.ask("why 127.0.0.2:9000 --as client --source 127.0.0.1"));
        isConnectable(stage.ask("why 127.0.0.1:9001 --as client --source 127.0.0.1"));
        isConnectable(stage.ask("why 127.0.0.1:9000 --as client --source 127.0.0.2"));
        connect(stage.listener("127.0.0.2", 9000), 1);
        assertThat(stage.show(FROM_LOOPBACK))
                .startsWith("No client can connect to 127.0.0.1:9000 from 127.0.0.1: no local port is left.\n");
    }

    @Test
    void time_wait_uses_a_space_up_until_it_may_be_taken_over() throws Exception {
        stage.dynamicRange(40_000, 40_009);
        stage.set("ipv4/tcp_tw_reuse", "0");
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        for (Connection connection : connect(listener, 10)) {
            connection.closeByClient();
        }
        isRefused(listener);

        Answer full = stage.ask(FROM_LOOPBACK);

        isExhausted(full);
        assertThat(full.at("/spaces/0/counts/TIME_WAIT").asInt()).isEqualTo(10);
        assertThat(full.at("/spaces/0/recyclable").asInt()).isZero();
        assertThat(full.at("/spaces/0/nextExpiresInSeconds").asDouble()).isCloseTo(59, within(3.0));
        assertThat(full.at("/spaces/0/processes").isEmpty()).isTrue();
        assertThat(full.texts("/fixes", "/id")).contains("wait-time-wait", "reuse-time-wait");

        stage.set("ipv4/tcp_tw_reuse", "1");
        Thread.sleep(1100); // tcp_tw_reuse_delay
        Answer taken = stage.ask(FROM_LOOPBACK);
        isConnectable(taken);
        assertThat(taken.at("/spaces/0/inUse").asInt()).isEqualTo(10);
        assertThat(taken.at("/spaces/0/recyclable").asInt()).isEqualTo(10);
        assertThat(taken.at("/tcpTwReuse").asInt()).isEqualTo(1);
        connect(listener, 1);
        assertThat(stage.ask(FROM_LOOPBACK).at("/spaces/0/left").asInt()).isEqualTo(9);
    }

    @Test
    void the_cliff_is_where_the_half_tried_first_ends() throws Exception {
        stage.dynamicRange(40_000, 40_099);
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        connect(listener, 44);
        isConnectable(stage.ask(FROM_LOOPBACK));
        connect(listener, 1);

        Answer past = stage.ask(FROM_LOOPBACK);

        isSlow(past);
        assertThat(past.at("/spaces/0/preferredHalfUsedPercent").asDouble()).isEqualTo(90);
        connect(listener, 1);
    }

    @Test
    void a_client_that_chose_its_port_by_hand_takes_it_from_every_destination() throws Exception {
        stage.dynamicRange(40_000, 40_009);
        ServerSocketChannel one = stage.listener(LOOPBACK, 9000);
        stage.socket().bind(at(LOOPBACK, 40_007)).connect(one.getLocalAddress());
        stage.closing(one.accept());
        ServerSocketChannel other = stage.listener("127.0.0.2", 9000);
        connect(other, 9);
        isRefused(other);

        isExhausted(stage.ask("why 127.0.0.2:9000 --as client --source 127.0.0.1"));
        isExhausted(stage.ask("why 127.0.0.2:9000 --as client"));
    }

    @Test
    void without_a_source_the_answer_is_the_one_of_whoever_connects_there() throws Exception {
        stage.dynamicRange(40_000, 40_009);
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        isConnectable(stage.ask(ASK));
        connect(listener, 10);

        isExhausted(stage.ask(ASK));
    }

    @Test
    void over_ipv6_a_destination_has_a_space_of_its_own() throws Exception {
        stage.dynamicRange(40_000, 40_009);
        ServerSocketChannel v6 = stage.listener("::1", 9000);
        for (int i = 0; i < 10; i++) {
            stage.dualSocket().connect(v6.getLocalAddress());
            stage.closing(v6.accept());
        }
        assertThatThrownBy(() -> stage.dualSocket().connect(v6.getLocalAddress()))
                .isInstanceOf(BindException.class);

        isExhausted(stage.ask("why [::1]:9000 --as client"));
        isConnectable(stage.ask(ASK));
    }

    @Test
    void a_widened_range_gives_ports_again(@TempDir Path state) throws Exception {
        stage.dynamicRange(40_000, 40_009);
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        stage.listener(LOOPBACK, 15_672);
        connect(listener, 10);
        String name = "berth-test-" + stage.resident();
        stage.run("ip netns attach " + name + " " + stage.resident());
        try {
            Answer full = Stage.askAnywhere(FROM_LOOPBACK + " --netns " + name);
            isExhausted(full);
            String command = full.texts("/fixes", "/command")
                    .get(full.texts("/fixes", "/id").indexOf("widen-range"));

            Stage.type(command, state);

            Answer after = stage.ask(FROM_LOOPBACK);
            isConnectable(after);
            assertThat(after.text("/dynamic/first")).isEqualTo("10240");
            assertThat(after.at("/reservedPorts").asInt()).as("the listener's").isEqualTo(1);
            connect(listener, 1);
        } finally {
            stage.run("ip netns delete " + name);
        }
    }

    @Test
    void a_recording_gives_the_same_answer(@TempDir Path folder) throws Exception {
        stage.dynamicRange(40_000, 40_019);
        stage.socket().bind(at("127.0.0.6", 40_001));
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        stage.socket().bind(at(LOOPBACK, 40_003)).connect(listener.getLocalAddress());
        stage.closing(listener.accept());
        connect(listener, 18);
        Path file = folder.resolve("host.berth");
        Answer live = stage.ask(FROM_LOOPBACK);
        stage.ask("capture -o " + file);

        Answer recorded = Stage.askAnywhere(FROM_LOOPBACK + " --from " + file);

        isExhausted(live);
        isExhausted(recorded);
        assertThat(recorded.at("/spaces/0/capacity")).isEqualTo(live.at("/spaces/0/capacity"));
        assertThat(recorded.at("/spaces/0/processes")).isEqualTo(live.at("/spaces/0/processes"));
    }

    /** Binds the port by number and connects; the error's text where that fails. */
    private String really(String bound, int port, boolean reuseAddress, ServerSocketChannel listener) throws Exception {
        SocketChannel client = stage.socket();
        client.setOption(StandardSocketOptions.SO_REUSEADDR, reuseAddress);
        try {
            client.bind(at(bound, port)).connect(listener.getLocalAddress());
            stage.closing(listener.accept());
            client.setOption(StandardSocketOptions.SO_LINGER, 0); // leaves no TIME_WAIT behind
            return "succeeds";
        } catch (BindException e) {
            return "fails";
        } finally {
            client.close();
        }
    }

    /** What is foretold must be what happens, without SO_REUSEADDR and with it; where it depends, either may. */
    private Answer foretold(String bound, int port, ServerSocketChannel listener) throws Exception {
        String source = bound.equals("0.0.0.0") ? "" : " --source " + bound;
        Answer answer = stage.ask(ASK + " --local-port " + port + source);
        for (int attempt = 0; attempt < 2; attempt++) {
            String outcome = answer.text("/localPort/attempts/" + attempt + "/outcome");
            String real = really(bound, port, attempt == 1, listener);
            assertThat(outcome)
                    .as("%s:%d, attempt %d: %s", bound, port, attempt, answer.document())
                    .isIn(real, "depends");
        }
        return answer;
    }

    @Test
    void a_port_given_by_number_is_foretold_as_it_comes() throws Exception {
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        stage.listener("0.0.0.0", 5001);
        stage.listener("127.0.0.5", 5002);
        stage.socket().bind(at(LOOPBACK, 5003));

        Answer free = foretold("0.0.0.0", 5000, listener);
        assertThat(free.code()).isZero();
        assertThat(free.texts("/localPort/attempts", "/outcome")).containsExactly("succeeds", "succeeds");
        Answer listened = foretold(LOOPBACK, 5001, listener);
        assertThat(listened.code()).isEqualTo(1);
        assertThat(listened.at("/connectable").asBoolean()).isFalse();
        assertThat(listened.text("/verdict")).as("of ports the system chooses").isEqualTo("connectable");
        assertThat(listened.texts("/localPort/attempts", "/outcome")).containsExactly("fails", "fails");
        assertThat(listened.text("/localPort/attempts/1/failingCall")).isEqualTo("bind");
        assertThat(listened.text("/localPort/attempts/1/error")).isEqualTo("EADDRINUSE");
        assertThat(listened.text("/localPort/holders/0/process/pid")).isEqualTo(thisProcess());
        assertThat(foretold("0.0.0.0", 5002, listener).code()).isEqualTo(1);
        assertThat(foretold(LOOPBACK, 5002, listener).code())
                .as("another address")
                .isZero();
        assertThat(foretold(LOOPBACK, 5003, listener).code()).isEqualTo(1);
        assertThat(stage.show(ASK + " --local-port 5001"))
                .startsWith("No client can connect to 127.0.0.1:9000 from local port 5001.\n");
    }

    @Test
    void a_connection_on_a_port_given_by_number_is_in_the_way_unless_both_share() throws Exception {
        ServerSocketChannel other = stage.listener("127.0.0.2", 9000);
        SocketChannel sharing = stage.socket().setOption(StandardSocketOptions.SO_REUSEADDR, true);
        sharing.bind(at(LOOPBACK, 5000)).connect(other.getLocalAddress());
        stage.closing(other.accept());
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);

        Answer beside = foretold(LOOPBACK, 5000, listener);

        assertThat(beside.text("/localPort/attempts/0/outcome")).isEqualTo("fails");
        assertThat(beside.text("/localPort/attempts/1/outcome"))
                .as("its process was asked for the flag")
                .isEqualTo("succeeds");
        assertThat(beside.texts("/fixes", "/id")).containsExactly("set-reuse-address", "let-system-choose");
        assertThat(beside.code()).isEqualTo(1);
        Answer same = stage.ask("why 127.0.0.2:9000 --as client --source 127.0.0.1 --local-port 5000");
        assertThat(same.texts("/localPort/attempts", "/outcome"))
                .as("the very four-tuple")
                .containsExactly("fails", "fails");
        assertThat(really(LOOPBACK, 5000, true, other)).isEqualTo("fails");
        assertThat(same.text("/localPort/attempts/1/failingCall")).isEqualTo("connect");
        assertThat(same.text("/localPort/attempts/1/error")).isEqualTo("EADDRNOTAVAIL");
    }

    @Test
    void the_source_is_the_one_that_routes_give() throws Exception {
        stage.run("ip address add 10.9.0.1/32 dev lo && ip address add 10.9.0.2/32 dev lo"
                + " && ip route add 10.9.9.0/24 dev lo src 10.9.0.2");

        Answer answer = stage.ask("why 10.9.9.9:443 --as client");

        assertThat(answer.text("/sourceFrom")).isEqualTo("route");
        assertThat(answer.texts("/spaces", "/source")).containsExactly("10.9.0.2");
    }

    @Test
    void the_last_port_of_an_odd_range_is_a_matter_of_chance() throws Exception {
        stage.dynamicRange(40_000, 40_002);
        stage.set("ipv4/ip_local_reserved_ports", "40001,40002");
        stage.listener(LOOPBACK, 9000);

        Answer answer = stage.ask(FROM_LOOPBACK);

        assertThat(answer.text("/verdict")).isEqualTo("unknown");
        assertThat(answer.code()).isEqualTo(4);
        assertThat(answer.text("/clause")).contains("an odd number of ports");
    }

    @Test
    void a_source_must_be_an_address_of_this_host() throws Exception {
        stage.run("ip route add local 10.7.0.0/24 dev lo");

        assertThat(stage.refused("why 10.9.9.9:443 --as client --source 192.0.2.1"))
                .startsWith("berth: no client can connect from 192.0.2.1 here\n");
        isConnectable(stage.ask("why 10.7.0.2:443 --as client --source 10.7.0.1"));
        assertThat(really("10.7.0.1", 5000, false, stage.listener(LOOPBACK, 9000)))
                .isEqualTo("succeeds");
    }

    @Test
    void a_reserved_port_may_be_given_by_number() throws Exception {
        stage.dynamicRange(40_000, 40_009);
        stage.set("ipv4/ip_local_reserved_ports", "40003");

        assertThat(foretold(LOOPBACK, 40_003, stage.listener(LOOPBACK, 9000)).code())
                .isZero();
    }
}

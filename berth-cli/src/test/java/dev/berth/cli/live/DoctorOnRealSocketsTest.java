package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static dev.berth.cli.live.Stage.thisProcess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.cli.live.Stage.Connection;
import java.net.BindException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code berth doctor}: each finding appears when it is true, and not before. */
class DoctorOnRealSocketsTest {
    private final Stage stage = new Stage();

    DoctorOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private JsonNode only(Answer doctor, String id) {
        List<JsonNode> findings = doctor.findings(id);
        assertThat(findings).as(doctor.document().toString()).hasSize(1);
        return findings.getFirst();
    }

    private List<Connection> connect(ServerSocketChannel listener, int times) throws Exception {
        var connections = new ArrayList<Connection>();
        for (int i = 0; i < times; i++) {
            connections.add(stage.connect(listener));
        }
        return connections;
    }

    @Test
    void a_quiet_namespace_is_healthy() throws Exception {
        Answer doctor = stage.ask("doctor");

        assertThat(doctor.code()).isZero();
        assertThat(doctor.at("/findings").isEmpty())
                .as(doctor.document().toString())
                .isTrue();
    }

    @Test
    void a_listener_that_a_client_may_be_given_the_port_of_is_at_risk_until_reserved() throws Exception {
        stage.listener(LOOPBACK, 40_001);

        Answer doctor = stage.ask("doctor");

        assertThat(doctor.code()).isEqualTo(1);
        assertThat(only(doctor, "listener-in-dynamic-range").at("/title").asString())
                .contains("40001");
        stage.set("ipv4/ip_local_reserved_ports", "40001");
        assertThat(stage.ask("doctor").findings("listener-in-dynamic-range")).isEmpty();
    }

    @Test
    void no_file_configures_a_namespace_that_is_not_the_readers_own() throws Exception {
        stage.set("ipv4/ip_local_reserved_ports", "40001,40010-40019");

        Answer doctor = stage.ask("doctor");

        assertThat(doctor.findings("reservation-not-persistent")).isEmpty();
        assertThat(doctor.document().toString()).contains("sysctl files configure the host's own namespace only");
    }

    @Test
    void ends_of_the_same_parity_are_told_apart_from_others() throws Exception {
        stage.dynamicRange(40_000, 40_100);
        assertThat(only(stage.ask("doctor"), "range-ends-same-parity")
                        .at("/severity")
                        .asString())
                .isEqualTo("info");
        stage.dynamicRange(40_000, 40_099);
        assertThat(stage.ask("doctor").findings("range-ends-same-parity")).isEmpty();
    }

    @Test
    void a_destination_is_exhausted_exactly_when_connects_to_it_fail() throws Exception {
        stage.dynamicRange(40_000, 40_099);
        stage.set("ipv4/tcp_tw_reuse", "0");
        stage.listener("127.0.0.5", 40_051); // whoever listens, on whatever address, takes the port from all clients
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        List<Connection> connections = connect(listener, 98);

        Answer almost = stage.ask("doctor");

        assertThat(almost.findings("tuple-space-exhausted")).isEmpty();
        assertThat(almost.destination(LOOPBACK, 9000).at("/inUse").asInt()).isEqualTo(98);
        connections.addAll(connect(listener, 1));
        assertThatThrownBy(() -> stage.connect(listener))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("Cannot assign requested address");
        Answer full = stage.ask("doctor");
        assertThat(full.code()).isEqualTo(1);
        assertThat(only(full, "tuple-space-exhausted").at("/severity").asString())
                .isEqualTo("critical");
        assertThat(full.findings("tuple-space-past-cliff")).isEmpty();
        JsonNode destination = full.destination(LOOPBACK, 9000);
        assertThat(destination.at("/inUse").asInt()).isEqualTo(99);
        assertThat(destination.at("/capacity").asInt()).isEqualTo(99);
        assertThat(destination.at("/usedPercent").asDouble()).isEqualTo(100);
        assertThat(destination.at("/processes/0/pid").asString()).isEqualTo(thisProcess());
        assertThat(destination.at("/processes/0/connections").asInt()).isEqualTo(99);

        ServerSocketChannel other = stage.listener("127.0.0.2", 9000); // another destination is another space
        connect(other, 1);
        assertThat(only(stage.ask("doctor"), "tuple-space-exhausted")
                        .at("/title")
                        .asString())
                .endsWith("to 127.0.0.1:9000");
        assertThat(stage.ask("doctor")
                        .destination("127.0.0.2", 9000)
                        .at("/inUse")
                        .asInt())
                .isEqualTo(1);

        for (Connection connection : connections) {
            connection.closeByClient();
        }
        Answer closed = stage.ask("doctor");
        only(closed, "tuple-space-exhausted"); // TIME_WAIT uses a port up like any other state
        assertThat(closed.destination(LOOPBACK, 9000).at("/timeWait").asInt()).isEqualTo(99);
        assertThat(closed.destination(LOOPBACK, 9000).at("/processes").isEmpty())
                .isTrue();
    }

    @Test
    void the_cliff_comes_when_the_ports_tried_first_are_used_up() throws Exception {
        stage.dynamicRange(40_000, 40_099);
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        connect(listener, 44); // of the 50 even ports, which connect() takes first

        Answer below = stage.ask("doctor");

        assertThat(below.findings("tuple-space-past-cliff")).isEmpty();
        assertThat(below.destination(LOOPBACK, 9000)
                        .at("/preferredHalfUsedPercent")
                        .asDouble())
                .isEqualTo(88);
        connect(listener, 1);
        Answer past = stage.ask("doctor");
        assertThat(past.code()).isEqualTo(1);
        assertThat(only(past, "tuple-space-past-cliff").at("/title").asString()).contains("90 % used");
        assertThat(past.destination(LOOPBACK, 9000).at("/usedPercent").asDouble())
                .isEqualTo(45);
    }

    @Test
    void the_closes_of_the_last_minute_are_counted_for_the_side_that_closed() throws Exception {
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        for (Connection connection : connect(listener, 30)) {
            connection.closeByClient();
        }
        for (Connection connection : connect(listener, 12)) {
            connection.closeByPeer();
            connection.client().close();
        }

        Answer doctor = stage.ask("doctor");

        JsonNode destination = doctor.destination(LOOPBACK, 9000);
        assertThat(destination.at("/closesPerSecond").asDouble()).isBetween(1.0, 30.0);
        assertThat(destination.at("/closesCounted/settled").asBoolean())
                .as("a second or two are too little to build on")
                .isFalse();
        assertThat(destination.at("/timeWait").asInt()).isEqualTo(30);
        assertThat(doctor.text("/servers/0/port")).isEqualTo("9000");
        assertThat(doctor.at("/servers/0/timeWait").asInt()).isEqualTo(12);
        assertThat(doctor.at("/counts/TIME_WAIT").asInt())
                .as("those the server closed are its own")
                .isEqualTo(42);
    }

    @Test
    void a_socket_that_only_holds_a_port_is_named_with_its_process() throws Exception {
        stage.socket().bind(at(LOOPBACK, 40_001));

        Answer doctor = stage.ask("doctor");

        assertThat(doctor.code()).isZero();
        assertThat(only(doctor, "bound-only-holder").at("/title").asString())
                .contains("(pid " + thisProcess() + ") holds 127.0.0.1:40001");
    }

    @Test
    void a_client_connected_to_itself_is_named_with_its_process() throws Exception {
        stage.dynamicRange(40_001, 40_001);
        stage.socket().connect(at(LOOPBACK, 40_001));

        Answer doctor = stage.ask("doctor");

        assertThat(doctor.code()).isEqualTo(1);
        assertThat(only(doctor, "self-connect").at("/title").asString())
                .contains("(pid " + thisProcess() + ") is connected to itself on 127.0.0.1:40001");
    }

    @Test
    void every_namespace_is_examined_and_each_finding_says_which() throws Exception {
        stage.socket().bind(at(LOOPBACK, 40_001));
        String inode = stage.ask("doctor")
                .findings("bound-only-holder")
                .getFirst()
                .at("/netns/inode")
                .asString();

        Answer all = Stage.askAnywhere("doctor --netns all");

        assertThat(all.findings("bound-only-holder"))
                .anyMatch(finding -> finding.at("/netns/inode").asString().equals(inode)
                        && finding.at("/title").asString().contains("40001"));
    }

    @Test
    void over_ipv6_a_destination_has_a_space_of_its_own() throws Exception {
        stage.dynamicRange(40_000, 40_019);
        ServerSocketChannel v6 = stage.listener("::1", 9000);
        for (int i = 0; i < 20; i++) {
            stage.dualSocket().connect(v6.getLocalAddress());
            stage.closing(v6.accept());
        }
        assertThatThrownBy(() -> stage.dualSocket().connect(v6.getLocalAddress()))
                .isInstanceOf(BindException.class);
        connect(stage.listener(LOOPBACK, 9000), 1);

        Answer doctor = stage.ask("doctor");

        assertThat(only(doctor, "tuple-space-exhausted").at("/title").asString())
                .endsWith("from ::1 to [::1]:9000");
        assertThat(doctor.destination("::1", 9000).at("/inUse").asInt()).isEqualTo(20);
        assertThat(doctor.destination(LOOPBACK, 9000).at("/inUse").asInt()).isEqualTo(1);
    }

    @Test
    void a_client_that_chose_its_port_by_hand_takes_it_from_every_destination() throws Exception {
        stage.dynamicRange(40_000, 40_019);
        ServerSocketChannel one = stage.listener(LOOPBACK, 9000);
        stage.socket().bind(at(LOOPBACK, 40_007)).connect(one.getLocalAddress());
        stage.closing(one.accept());
        ServerSocketChannel other = stage.listener("127.0.0.2", 9000);
        connect(other, 19);
        assertThatThrownBy(() -> stage.connect(other)).isInstanceOf(BindException.class);

        Answer doctor = stage.ask("doctor");

        assertThat(only(doctor, "tuple-space-exhausted").at("/title").asString())
                .endsWith("to 127.0.0.2:9000");
        assertThat(doctor.destination("127.0.0.2", 9000).at("/capacity").asInt())
                .isEqualTo(19);
    }

    @Test
    void a_reserved_port_is_not_counted_in() throws Exception {
        stage.dynamicRange(40_000, 40_019);
        stage.set("ipv4/ip_local_reserved_ports", "40000-40009");
        ServerSocketChannel listener = stage.listener(LOOPBACK, 9000);
        connect(listener, 10);
        assertThatThrownBy(() -> stage.connect(listener)).isInstanceOf(BindException.class);

        Answer doctor = stage.ask("doctor");

        only(doctor, "tuple-space-exhausted");
        assertThat(doctor.destination(LOOPBACK, 9000).at("/capacity").asInt()).isEqualTo(10);
    }

    @Test
    void no_file_configures_a_namespace_that_has_a_name() throws Exception {
        stage.set("ipv4/ip_local_reserved_ports", "40001");
        String name = "berth-test-" + stage.resident();
        stage.run("ip netns attach " + name + " " + stage.resident());
        try {
            Answer doctor = Stage.askAnywhere("doctor --netns " + name);

            assertThat(doctor.findings("reservation-not-persistent")).isEmpty();
            assertThat(doctor.text("/ranges/tcp/ipv4/reserved/0/first")).isEqualTo("40001");
        } finally {
            stage.run("ip netns delete " + name);
        }
    }
}

package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Protocol;
import dev.berth.net.RegisteredPorts;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth suggest}: what it names can be had, and nobody else will have it. */
class SuggestOnRealSocketsTest {
    private final Stage stage = new Stage();

    SuggestOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private static List<Integer> ports(Answer answer) {
        return answer.texts("/ports", "/port").stream().map(Integer::valueOf).toList();
    }

    @Test
    void real_servers_can_bind_whatever_it_names() throws Exception {
        Answer answer = stage.ask("suggest --count 20");

        assertThat(answer.code()).isZero();
        assertThat(ports(answer)).hasSize(20);
        assertThat(answer.texts("/ports", "/bindable")).containsOnly("true");
        for (int port : ports(answer)) {
            stage.listener("::", port);
        }
    }

    @Test
    void no_port_is_named_that_anybody_has_a_claim_to() throws Exception {
        stage.listener("127.0.0.5", 21_000);
        stage.socket().bind(at(LOOPBACK, 21_001));
        stage.datagrams().bind(at(LOOPBACK, 21_002));
        stage.set("ipv4/ip_local_reserved_ports", "21003,21010-21019");
        stage.dynamicRange(21_020, 21_999);
        ServerSocketChannel listener = stage.listener(LOOPBACK, 21_004);
        stage.connect(listener).closeByPeer(); // its accepted end is gone, and its port with the client
        Stage.Connection closed = stage.connect(stage.listener(LOOPBACK, 20_999));
        closed.accepted().close(); // the server's port keeps a FIN_WAIT2
        var shortLived = stage.listener(LOOPBACK, 20_998);
        stage.connect(shortLived).closeByPeer();
        shortLived.close();

        Answer answer = stage.ask("suggest --near 21000 --count 200");

        assertThat(ports(answer))
                .hasSize(200)
                .doesNotContain(20_998, 20_999, 21_000, 21_001, 21_002, 21_003, 21_004)
                .contains(21_005, 21_009, 20_997)
                .allSatisfy(port -> {
                    assertThat(port >= 21_010 && port <= 21_999)
                            .as("port " + port)
                            .isFalse();
                    assertThat(RegisteredPorts.shipped().service(Protocol.TCP, port))
                            .isNull();
                });
        assertThat(answer.text("/objection/reason")).isEqualTo("held");
    }

    @Test
    void a_time_wait_holds_its_port_after_the_server_is_gone() throws Exception {
        ServerSocketChannel listener = stage.listener(LOOPBACK, 21_050);
        Stage.Connection connection = stage.connect(listener);
        connection.closeByPeer(); // the server closes first
        connection.client().close();
        listener.close();
        stage.run("ss -tan state time-wait sport = :21050 | grep -q 21050");

        assertThat(ports(stage.ask("suggest --near 21050"))).doesNotContain(21_050);
    }

    @Test
    void a_range_without_an_outside_is_answered_with_a_reservation_that_works() throws Exception {
        stage.dynamicRange(1024, 65_535);

        Answer answer = stage.ask("suggest --near 21000");

        assertThat(answer.code()).isZero();
        assertThat(ports(answer)).containsExactly(21_000);
        assertThat(answer.text("/ports/0/inDynamicRange")).isEqualTo("true");
        assertThat(answer.texts("/fixes", "/id")).containsExactly("reserve-port");
        assertThat(stage.show("suggest --near 21000")).contains("Reserve first: ");
    }

    @Test
    void a_port_whose_traffic_goes_elsewhere_is_not_named() throws Exception {
        stage.run(
                "ip address add 10.7.0.1/24 dev lo; nft 'table ip t { chain c { type nat hook prerouting priority -100;"
                        + " tcp dport 21000 dnat to 172.17.0.2:80; ip saddr 10.0.0.0/8 tcp dport 21001 dnat to 172.17.0.2:80;"
                        + " tcp dport 21002 redirect to :21003; }; }'");

        Answer answer = stage.ask("suggest --near 21000 --count 5");

        assertThat(ports(answer)).containsExactly(20_999, 20_998, 21_003, 20_997, 21_004);
        assertThat(answer.text("/objection/reason")).isEqualTo("redirected");
        assertThat(ports(stage.ask("suggest --near 21000 --address 127.0.0.1")))
                .as("nothing arrives there")
                .containsExactly(21_000);
    }

    @Test
    void why_names_the_command_and_it_answers() throws Exception {
        String name = "berth-test-" + stage.resident();
        stage.run("ip netns attach " + name + " " + stage.resident());
        try {
            stage.listener("::", 1433);

            Answer why = Stage.askAnywhere("why 1433 --netns " + name);

            String command = why.texts("/fixes", "/command").getLast();
            assertThat(command).isEqualTo("berth suggest --near 1433 --netns " + name);
            Answer answer = Stage.askAnywhere(command.substring("berth ".length()));
            assertThat(ports(answer)).containsExactly(1432);
        } finally {
            stage.run("ip netns delete " + name);
        }
    }

    @Test
    void an_address_of_another_host_is_refused() throws Exception {
        assertThat(stage.refused("suggest --address 192.0.2.1"))
                .startsWith("berth: no server can listen on 192.0.2.1 here\n");
    }

    @Test
    void a_recording_is_answered_by_its_tables(@TempDir Path folder) throws Exception {
        stage.listener("::", 21_000);
        Path file = folder.resolve("host.berth");
        stage.ask("capture -o " + file);

        Answer answer = Stage.askAnywhere("suggest --near 21000 --from " + file);

        assertThat(answer.code()).isZero();
        assertThat(ports(answer)).containsExactly(21_001);
        assertThat(answer.document().at("/ports/0/bindable").isNull()).isTrue();
        assertThat(answer.document().toString()).contains("not tried: this is a recording");
    }
}

package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.thisProcess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.cli.live.Load.Client;
import dev.berth.cli.live.Stage.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code berth doctor}: what rests on sockets and the processes that hold them, on real ones. */
class SocketFindingsTest {
    private final Stage stage = new Stage();

    SocketFindingsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private static JsonNode only(Answer doctor, String id) {
        List<JsonNode> findings = doctor.findings(id);
        assertThat(findings).as(doctor.document().toString()).hasSize(1);
        return findings.getFirst();
    }

    private static String evidence(JsonNode finding, int line) {
        return finding.at("/evidence/" + line).asString();
    }

    /** A client in Python with that many connections to a server of this test, each made by {@code line}. */
    private Program client(ServerSocketChannel server, int connections, String prepare, String line) throws Exception {
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        var accepted = new ArrayList<SocketChannel>();
        Thread accepting = Thread.ofPlatform().daemon().start(() -> accept(server, connections, accepted));
        Program client = stage.start("ready", Program.python("""
                import resource
                %s
                kept = []
                for i in range(%d):
                    s = socket.socket()
                    %s
                    s.connect(('127.0.0.1', %d))
                    kept.append(s)
                """.formatted(prepare, connections, line, port)));
        accepting.join();
        accepted.forEach(stage::closing);
        return client;
    }

    /** Beside the client, for more connect than may wait to be accepted. */
    private static void accept(ServerSocketChannel server, int times, List<SocketChannel> accepted) {
        try {
            for (int i = 0; i < times; i++) {
                accepted.add(server.accept());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_client_without_keep_alive_is_told_of_while_it_goes_on() throws Exception {
        stage.dynamicRange(40_000, 41_999);
        stage.set("ipv4/tcp_tw_reuse", "0");
        Load load = Load.start(stage, List.of(Client.of("churn", "127.0.0.2", 9000, 40, 160)));
        load.await("opened");

        JsonNode churn = only(stage.ask("doctor"), "connection-churn");

        assertThat(churn.at("/severity").asString()).isEqualTo("warning");
        assertThat(churn.at("/title").asString())
                .matches("This side closes (3[89]|4[0-2])\\.\\d connections per second to 127.0.0.2:9000");
        assertThat(evidence(churn, 0)).contains("connections from 127.0.0.1 are in TIME_WAIT, of at most 2000 at once");
        stage.set("ipv4/tcp_tw_reuse", "1");
        assertThat(only(stage.ask("doctor"), "connection-churn").at("/severity").asString())
                .as("2000 ports that are taken over after a second last for more than 40 connections per second")
                .isEqualTo("info");
    }

    @Test
    void a_burst_of_closes_that_is_over_is_no_churn() throws Exception {
        stage.dynamicRange(40_000, 40_199);
        stage.set("ipv4/tcp_tw_reuse", "0");
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        for (int i = 0; i < 150; i++) {
            stage.connect(server).closeByClient();
        }
        Thread.sleep(Duration.ofMillis(2_050)); // what is measured is time
        assertThat(stage.ask("doctor").findings("connection-churn")).isEmpty();
    }

    @Test
    void a_server_that_closes_first_is_told_apart_and_costs_no_dynamic_port() throws Exception {
        for (int address = 1; address <= 4; address++) { // few enough for each that no client's port comes round again
            ServerSocketChannel server = stage.listener("127.0.0." + address, 9000);
            for (int i = 0; i < 1_500; i++) {
                Connection connection = stage.connect(server);
                connection.closeByPeer();
                connection.client().close();
            }
        }

        Answer doctor = stage.ask("doctor");

        assertThat(doctor.code()).isZero();
        assertThat(doctor.findings("connection-churn")).isEmpty();
        assertThat(only(doctor, "server-closes-first").at("/title").asString())
                .isEqualTo("The server of port 9000, java (pid " + thisProcess()
                        + "), closed 6000 connections first in the last minute; their TIME_WAITs cost no dynamic port");
    }

    @Test
    void a_client_that_binds_first_is_inferred_and_then_seen() throws Exception {
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        Program client = client(
                server, 20, "other = socket.socket(); other.bind(('127.0.0.1', 50001))", "s.bind(('127.0.0.1', 0))");

        JsonNode inferred = only(stage.ask("doctor"), "bind-before-connect");

        assertThat(inferred.at("/confirmed").asBoolean()).isFalse();
        assertThat(inferred.at("/severity").asString()).isEqualTo("info");
        assertThat(inferred.at("/title").asString())
                .contains("(pid " + client.pid() + ") very likely binds before it connects", "takes 20 ports");
        assertThat(only(stage.ask("doctor --no-owners"), "bind-before-connect")
                        .at("/title")
                        .asString())
                .startsWith("A client whose process is not known very likely binds before it connects");
        Program other =
                client(server, 20, "waiting = socket.socket(); waiting.bind(('127.0.0.1', 0))", "s.bind(('', 0))");
        JsonNode seen = stage.ask("doctor").findings("bind-before-connect").stream()
                .filter(finding -> finding.at("/title").asString().contains("(pid " + other.pid() + ")"))
                .findFirst()
                .orElseThrow();
        assertThat(seen.at("/confirmed").asBoolean()).isTrue();
        assertThat(seen.at("/title").asString()).contains(") binds before it connects");
    }

    @Test
    void a_client_that_asks_for_its_ports_by_number_is_known() throws Exception {
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        Program client = client(server, 20, "", "s.bind(('127.0.0.1', 40000 + 2 * i))");

        JsonNode finding = only(stage.ask("doctor"), "bind-before-connect");

        assertThat(finding.at("/confirmed").asBoolean()).isTrue();
        assertThat(finding.at("/severity").asString()).isEqualTo("info");
        assertThat(finding.at("/title").asString())
                .contains("(pid " + client.pid() + ") asks for its local ports by number, and so takes 20");
    }

    @Test
    void a_client_that_leaves_the_port_to_connect_is_no_suspect() throws Exception {
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        client(server, 20, "waiting = socket.socket(); waiting.bind(('127.0.0.1', 0))", "pass");
        client(server, 20, "", "s.setsockopt(0, 24, 1); s.bind(('127.0.0.1', 0))"); // IP_BIND_ADDRESS_NO_PORT

        assertThat(stage.ask("doctor").findings("bind-before-connect")).isEmpty();
    }

    @Test
    void connections_are_a_leak_once_they_are_left_for_long(@TempDir Path folder) throws Exception {
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        ServerSocketChannel busy = stage.listener(LOOPBACK, 9001);
        for (int i = 0; i < 20; i++) {
            stage.connect(server).closeByPeer();
            SocketChannel gaveUp = stage.socket(); // and is never accepted
            gaveUp.connect(busy.getLocalAddress());
            gaveUp.close();
        }
        Answer atOnce = stage.ask("doctor");
        assertThat(atOnce.at("/counts/CLOSE_WAIT").asInt()).isEqualTo(40);
        assertThat(atOnce.findings("close-wait-leak")).isEmpty();
        assertThat(atOnce.findings("closed-before-accept")).isEmpty();
        Thread.sleep(Duration.ofMillis(10_100)); // what is measured is time
        Answer later = stage.ask("doctor");
        assertThat(later.code()).isEqualTo(1);
        assertThat(only(later, "close-wait-leak").at("/title").asString())
                .matches(".*\\(pid " + thisProcess() + "\\) keeps 20 .*, the oldest for at least 1\\d s");
        assertThat(evidence(only(later, "close-wait-leak"), 1)).contains("127.0.0.1:9000");
        assertThat(only(later, "closed-before-accept").at("/title").asString())
                .matches("The server of port 9001, .*\\(pid " + thisProcess()
                        + "\\), has not accepted 20 connections .*, the oldest for at least 1\\d s");
        assertThat(stage.ask("doctor --no-owners").findings("close-wait-leak"))
                .singleElement()
                .extracting(finding -> finding.at("/severity").asString())
                .isEqualTo("info");

        Path capture = folder.resolve("leak.capture");
        stage.show("capture -o " + capture);
        JsonNode replayed = only(Stage.askAnywhere("doctor --from " + capture), "close-wait-leak");
        assertThat(replayed.at("/title").asString()).matches(".* keeps 20 .*, the oldest for at least 1\\d s");
    }

    @Test
    void a_process_near_its_limit_of_open_files_is_warned_of(@TempDir Path folder) throws Exception {
        ServerSocketChannel server = stage.listener(LOOPBACK, 9000);
        Program client = client(server, 140, "resource.setrlimit(resource.RLIMIT_NOFILE, (175, 500))", "pass");

        JsonNode finding = only(stage.ask("doctor"), "fd-limit-below-ports");

        assertThat(finding.at("/severity").asString()).isEqualTo("warning");
        assertThat(finding.at("/title").asString())
                .endsWith("(pid " + client.pid() + ") may open 175 files and has 140 outgoing connections");
        assertThat(finding.at("/fixes/1/command").asString())
                .isEqualTo("prlimit --pid " + client.pid() + " --nofile=500:");
        Path capture = folder.resolve("limit.capture");
        stage.show("capture -o " + capture);
        only(Stage.askAnywhere("doctor --from " + capture), "fd-limit-below-ports");

        stage.run(finding.at("/fixes/1/command").asString());
        assertThat(stage.ask("doctor").findings("fd-limit-below-ports")).isEmpty();
    }

    @Test
    void udp_ports_are_critical_when_none_is_left() throws Exception {
        stage.dynamicRange(40_000, 40_019);
        for (int i = 0; i < 17; i++) {
            stage.datagrams().bind(null);
        }
        assertThat(stage.ask("doctor").findings("udp-ports-exhausted")).isEmpty();
        stage.datagrams().bind(null);

        JsonNode crowded = only(stage.ask("doctor"), "udp-ports-exhausted");

        assertThat(crowded.at("/severity").asString()).isEqualTo("warning");
        stage.datagrams().bind(null);
        stage.datagrams().bind(null);
        assertThatThrownBy(() -> stage.datagrams().bind(null))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("Address already in use");
        Answer doctor = stage.ask("doctor");
        assertThat(doctor.code()).isEqualTo(1);
        JsonNode full = only(doctor, "udp-ports-exhausted");
        assertThat(full.at("/severity").asString()).isEqualTo("critical");
        assertThat(full.at("/title").asString())
                .isEqualTo("20 of the 20 UDP ports that the system can choose are in use");
        assertThat(evidence(full, 1)).endsWith("(pid " + thisProcess() + "): 20.");
    }

    @Test
    void udp_ports_that_ipv6_has_used_up_are_left_for_ipv4() throws Exception {
        stage.dynamicRange(40_000, 40_019);
        for (int port = 40_000; port < 40_020; port++) {
            stage.datagrams(StandardProtocolFamily.INET6).bind(Stage.at("::1", port));
        }
        assertThatThrownBy(() -> stage.datagrams(StandardProtocolFamily.INET6).bind(null))
                .isInstanceOf(SocketException.class);

        JsonNode full = only(stage.ask("doctor"), "udp-ports-exhausted");

        assertThat(full.at("/title").asString())
                .isEqualTo(
                        "20 of the 20 UDP ports that the system can choose are in use for IPv6, 0 of them for IPv4 as well");
        assertThat(evidence(full, 2)).endsWith("IPv4 sockets have 20 ports left.");
        stage.datagrams().bind(null);
    }

    @Test
    void a_server_that_draws_a_port_for_each_transfer_binds_nothing_as_a_client() throws Exception {
        stage.dynamicRange(40_000, 40_599);
        stage.start("ready", Program.python("""
                ports, tell = os.pipe()
                if os.fork() == 0:
                    os.close(tell)
                    kept = []
                    for line in os.fdopen(ports):
                        s = socket.socket()
                        s.connect(('127.0.0.1', int(line)))
                        kept.append(s)
                    os._exit(0)
                kept = []
                for i in range(60):
                    listener = socket.socket()
                    listener.bind(('127.0.0.1', 0))
                    listener.listen(1)
                    os.write(tell, b'%d\\n' % listener.getsockname()[1])
                    kept.append(listener.accept()[0])
                    listener.close()
                """));

        Answer doctor = stage.ask("doctor");

        assertThat(doctor.at("/counts/ESTABLISHED").asInt()).isEqualTo(120);
        assertThat(doctor.findings("bind-before-connect")).isEmpty();
    }
}

package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static dev.berth.cli.live.Stage.thisProcess;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.live.Stage.Connection;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code berth why}, each verdict with the sockets that bring it about. Not staged: a bind that is refused by something
 * no table shows, for Linux from 6.8 shows every TCP socket that holds a port; {@code WhyDiagnosisTest} has that one.
 */
class WhyOnRealSocketsTest {
    private final Stage stage = new Stage();

    WhyOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private void assertHeld(Answer why, String verdict, String state) {
        assertThat(why.text("/verdict")).as(why.document().toString()).isEqualTo(verdict);
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.at("/listenable").asBoolean()).isFalse();
        assertThat(why.text("/holders/0/cause")).isEqualTo(verdict);
        assertThat(why.text("/holders/0/state")).isEqualTo(state);
        assertThat(why.texts("/proof", "/result")).containsExactly("refused", "refused");
        assertThat(why.texts("/proof", "/errno/name")).containsOnly("EADDRINUSE");
        assertThat(why.texts("/proof", "/reuseAddress")).containsExactly("false", "true");
        assertForetold(why);
    }

    /** What the rule said before, where it could say, is what the kernel did. */
    private static void assertForetold(Answer why) {
        for (int i = 0; i < 2; i++) {
            String foretold = why.text("/prediction/" + i + "/result");
            String done = why.text("/proof/" + i + "/result");
            assertThat(done)
                    .as(why.document().toString())
                    .isEqualTo(
                            switch (foretold) {
                                case "allowed" -> "bound";
                                case "refused" -> "refused";
                                default -> done;
                            });
        }
    }

    private void assertEnds(Answer why, Program first) {
        assertThat(why.texts("/fixes", "/summary"))
                .filteredOn(summary -> summary.contains(" to end (SIGTERM)"))
                .singleElement()
                .asString()
                .contains("(pid " + first.pid() + ")");
        assertThat(why.texts("/fixes", "/command"))
                .filteredOn(command -> command.startsWith("berth free "))
                .isNotEmpty()
                .allMatch(command -> command.endsWith(" --netns " + stage.resident()));
    }

    private void assertFree(Answer why) {
        assertThat(why.text("/verdict")).as(why.document().toString()).isEqualTo("free");
        assertThat(why.code()).isZero();
        assertThat(why.at("/listenable").asBoolean()).isTrue();
        assertThat(why.at("/proof/1/result").asString()).isEqualTo("bound");
        assertForetold(why);
    }

    @Test
    void nginx_on_1433_is_a_listener_and_its_master_is_the_one_to_end(@TempDir Path folder) throws Exception {
        Program nginx = stage.nginx(folder, "listen 1433;");

        Answer why = stage.ask("why 1433");

        assertHeld(why, "listener", "LISTEN");
        assertThat(why.text("/holders/0/local/address")).isEqualTo("0.0.0.0");
        assertThat(why.text("/holders/0/process/name")).isEqualTo("nginx");
        assertThat(why.texts("/holders", "/process/pid")).contains(nginx.pid());
        assertEnds(why, nginx);
        assertThat(why.texts("/holders", "/inode").stream().distinct()).hasSize(1);
    }

    @Test
    void a_java_server_is_a_listener_at_its_ipv4_address() throws Exception {
        stage.listener(LOOPBACK, 1433);

        Answer why = stage.ask("why 1433");

        assertHeld(why, "listener", "LISTEN");
        assertThat(why.text("/holders/0/local/address")).isEqualTo(LOOPBACK);
        assertThat(why.text("/holders/0/process/pid")).isEqualTo(thisProcess());
        assertThat(why.text("/address")).isEqualTo("::");
        assertThat(why.at("/inDynamicRange").asBoolean()).isFalse();
    }

    @Test
    void a_connection_that_drew_the_port_is_a_client() throws Exception {
        stage.clientThatDrew(1433);

        Answer why = stage.ask("why 1433");

        assertHeld(why, "client", "ESTABLISHED");
        assertThat(why.text("/holders/0/remote/port")).isEqualTo("9");
        assertThat(why.text("/holders/0/process/pid")).isEqualTo(thisProcess());
        assertThat(why.at("/inDynamicRange").asBoolean()).isTrue();
        assertThat(why.texts("/fixes", "/id"))
                .containsSubsequence("reserve-port", "destroy-connection", "choose-another-port");
    }

    @Test
    void a_connection_that_asked_for_the_port_by_number_is_not_offered_to_be_destroyed() throws Exception {
        ServerSocketChannel far = stage.listener(LOOPBACK, 9);
        SocketChannel client = stage.socket();
        client.bind(at(LOOPBACK, 1433));
        client.connect(far.getLocalAddress());

        Answer why = stage.ask("why 1433");

        assertHeld(why, "client", "ESTABLISHED");
        assertThat(why.texts("/fixes", "/id"))
                .doesNotContain("destroy-connection")
                .contains("end-process");
    }

    @Test
    void a_client_that_closed_leaves_time_wait_for_a_known_number_of_seconds() throws Exception {
        stage.clientThatDrew(1433).closeByClient();

        Answer why = stage.ask("why 1433");

        assertHeld(why, "time-wait", "TIME_WAIT");
        assertThat(why.at("/holders/0/expiresInSeconds").asDouble())
                .isGreaterThan(0)
                .isLessThanOrEqualTo(60);
        assertThat(why.text("/holders/0/noProcess")).isEqualTo("kernelHeld");
        assertThat(why.texts("/fixes", "/id")).startsWith("wait-time-wait");
    }

    @Test
    void a_client_whose_peer_closed_still_holds_the_port() throws Exception {
        stage.clientThatDrew(1433).closeByPeer();

        Answer why = stage.ask("why 1433");

        assertHeld(why, "client", "CLOSE_WAIT");
        assertThat(why.text("/holders/0/process/pid")).isEqualTo(thisProcess());
    }

    @Test
    void a_client_that_closed_before_its_peer_is_held_by_the_kernel() throws Exception {
        stage.clientThatDrew(1433).leaveByClient();

        Answer why = stage.ask("why 1433");

        assertHeld(why, "client", "FIN_WAIT2");
        assertThat(why.text("/holders/0/noProcess")).isEqualTo("kernelHeld");
        assertThat(why.at("/holders/0/expiresInSeconds").asDouble())
                .isGreaterThan(0)
                .isLessThanOrEqualTo(60);
    }

    @Test
    void a_socket_that_is_only_bound_is_named_with_its_process() throws Exception {
        stage.socket().bind(at(LOOPBACK, 1433));

        Answer why = stage.ask("why 1433");

        assertHeld(why, "bound-only", "BOUND");
        assertThat(why.at("/holders/0/remote").isNull()).isTrue();
        assertThat(why.text("/holders/0/process/pid")).isEqualTo(thisProcess());
    }

    @Test
    void a_reuseport_pair_is_two_sockets() throws Exception {
        for (int i = 0; i < 2; i++) {
            stage.unboundListener()
                    .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                    .bind(at(LOOPBACK, 1433));
        }

        Answer why = stage.ask("why 1433");

        assertHeld(why, "listener", "LISTEN");
        assertThat(why.texts("/holders", "/inode")).hasSize(2).doesNotHaveDuplicates();
        assertThat(why.texts("/holders", "/process/pid")).containsOnly(thisProcess());
    }

    @Test
    void a_forked_server_is_one_socket_of_two_processes() throws Exception {
        Program parent = stage.start("ready", Program.python("""
                s = socket.socket(); s.bind(('0.0.0.0', 1433)); s.listen()
                if os.fork() == 0:
                    sys.stdin.read()
                    os._exit(0)
                """));

        Answer why = stage.ask("why 1433");

        assertHeld(why, "listener", "LISTEN");
        assertThat(why.texts("/holders", "/inode").stream().distinct()).hasSize(1);
        assertThat(why.texts("/holders", "/process/pid")).hasSize(2).contains(parent.pid());
        assertEnds(why, parent);
    }

    @Test
    void a_v6_only_listener_leaves_the_ipv4_wildcard_free() throws Exception {
        stage.start("ready", Program.python("""
                s = socket.socket(socket.AF_INET6)
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                s.bind(('::', 1433)); s.listen()
                """));

        Answer v4 = stage.ask("why 1433 --address 0.0.0.0");

        assertFree(v4);
        assertThat(v4.texts("/holders", "/local/address")).containsExactly("::");
        assertHeld(stage.ask("why 1433 --address ::"), "listener", "LISTEN");
        assertHeld(stage.ask("why 1433"), "listener", "LISTEN");
    }

    @Test
    void an_accepted_connection_that_outlived_its_listener_is_a_client() throws Exception {
        ServerSocketChannel listener = stage.unboundListener()
                .setOption(StandardSocketOptions.SO_REUSEADDR, false)
                .bind(at(LOOPBACK, 1433));
        stage.connect(listener);
        listener.close();

        assertHeld(stage.ask("why 1433"), "client", "ESTABLISHED");
    }

    @Test
    void an_accepted_connection_of_a_listener_with_reuseaddr_does_not_stop_the_next() throws Exception {
        ServerSocketChannel listener = stage.listener(LOOPBACK, 1433); // Java sets SO_REUSEADDR on listeners
        stage.connect(listener);
        listener.close();

        Answer why = stage.ask("why 1433");

        assertFree(why);
        assertThat(why.texts("/holders", "/state")).containsExactly("ESTABLISHED");
        assertThat(why.texts("/proof", "/result")).containsExactly("refused", "bound");
    }

    @Test
    void a_client_that_drew_the_port_it_calls_is_connected_to_itself() throws Exception {
        stage.dynamicRange(1433, 1433);
        stage.socket().connect(at(LOOPBACK, 1433));

        Answer why = stage.ask("why 1433");

        assertHeld(why, "client", "ESTABLISHED");
        assertThat(why.at("/holders/0/remote")).isEqualTo(why.at("/holders/0/local"));
        assertThat(why.text("/clause")).contains("to itself");
    }

    @Test
    void a_port_that_nobody_holds_is_free() throws Exception {
        Answer why = stage.ask("why 1433");

        assertFree(why);
        assertThat(why.at("/holders").isEmpty()).isTrue();
        assertThat(why.texts("/proof", "/result")).containsExactly("bound", "bound");
    }

    @Test
    void a_client_of_a_server_elsewhere_on_that_port_holds_nothing() throws Exception {
        ServerSocketChannel listener = stage.listener(LOOPBACK, 1433);
        Connection connection = stage.connect(listener);
        listener.close();
        connection.closeByPeer();

        Answer why = stage.ask("why 1433");
        assertFree(why);
        assertThat(why.texts("/holders", "/local/port")).containsOnly("1433");
        assertThat(why.texts("/holders", "/state")).doesNotContain("CLOSE_WAIT");
    }

    @Test
    void a_listener_at_another_address_is_no_obstacle() throws Exception {
        stage.listener(LOOPBACK, 1433);

        Answer why = stage.ask("why 1433 --address 127.0.0.2");

        assertFree(why);
        assertThat(why.texts("/holders", "/local/address")).containsExactly(LOOPBACK);
        assertThat(why.text("/clause")).contains("no obstacle");
    }

    @Test
    void an_address_of_another_host_cannot_be_bound_here() throws Exception {
        Answer why = stage.ask("why 1433 --address 192.0.2.1");

        assertThat(why.text("/verdict")).isEqualTo("blocked-unseen");
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.texts("/proof", "/errno/name")).containsOnly("EADDRNOTAVAIL");
        assertThat(why.text("/clause")).startsWith("The address 192.0.2.1 is not on this host");
        assertThat(why.texts("/fixes", "/id")).containsExactly("choose-local-address");
        assertThat(stage.show("why 1433 --address 192.0.2.1"))
                .startsWith("tcp 1433 is not available: 192.0.2.1 is not an address of this host.");
    }

    @Test
    void without_a_probe_a_listener_is_certain() throws Exception {
        stage.listener(LOOPBACK, 1433);

        Answer why = stage.ask("why 1433 --no-probe");

        assertThat(why.text("/verdict")).isEqualTo("listener");
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.at("/proof").isEmpty()).isTrue();
        assertThat(why.text("/clause")).contains("no bind was tried (--no-probe was given)");
    }

    @Test
    void without_a_probe_the_flags_of_a_live_connection_decide() throws Exception {
        stage.clientThatDrew(1433);

        Answer why = stage.ask("why 1433 --no-probe");

        assertThat(why.text("/verdict")).isEqualTo("client");
        assertThat(why.at("/listenable").asBoolean(true)).isFalse();
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.at("/holders/0/flags/reuseAddress").asBoolean(true)).isFalse();
        assertThat(why.text("/clause"))
                .contains("SO_REUSEADDR lets a server pass only where both sockets set it: this one did not");
        assertThat(why.texts("/prediction", "/result")).containsExactly("refused", "refused");
    }

    @Test
    void without_a_probe_nobody_knows_whether_time_wait_lets_a_server_pass() throws Exception {
        stage.clientThatDrew(1433).closeByClient();

        Answer why = stage.ask("why 1433 --no-probe");

        assertThat(why.text("/verdict")).isEqualTo("time-wait");
        assertThat(why.at("/listenable").isNull()).isTrue();
        assertThat(why.code()).isEqualTo(4);
        assertThat(why.at("/holders/0/flags").isMissingNode()).isTrue();
        assertThat(why.texts("/prediction", "/result")).containsExactly("refused", "depends");
        assertThat(why.text("/prediction/1/obstacles/0/source")).contains("inet_bind_conflict");
    }

    @Test
    void a_socket_that_set_reuseport_is_told_to_be_one_that_others_may_join() throws Exception {
        stage.unboundListener()
                .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                .bind(at(LOOPBACK, 1433));

        Answer why = stage.ask("why 1433");

        assertHeld(why, "listener", "LISTEN");
        assertThat(why.at("/holders/0/flags/reusePort").asBoolean()).isTrue();
        assertThat(why.text("/clause")).contains("a socket of the same user that sets it too may join it");
    }

    @Test
    void a_bound_udp_socket_is_a_listener() throws Exception {
        stage.datagrams().bind(at(LOOPBACK, 1434));

        Answer why = stage.ask("why 1434 --protocol udp");

        assertHeld(why, "listener", "BOUND");
        assertFree(stage.ask("why 1434"));
    }

    @Test
    void a_connected_udp_socket_is_a_client() throws Exception {
        stage.dynamicRange(1434, 1434);
        stage.datagrams().connect(at(LOOPBACK, 53));

        Answer why = stage.ask("why 1434 --protocol udp");

        assertHeld(why, "client", "ESTABLISHED");
        assertThat(why.text("/holders/0/remote/port")).isEqualTo("53");
    }

    @Test
    void an_ipv6_connection_of_a_dual_socket_is_in_the_way_of_the_ipv4_wildcard_as_well() throws Exception {
        ServerSocketChannel far = stage.listener("::1", 9);
        stage.dynamicRange(1433, 1433);
        stage.dualSocket().connect(far.getLocalAddress());

        assertHeld(stage.ask("why 1433 --address 0.0.0.0"), "client", "ESTABLISHED");
        assertFree(stage.ask("why 1433 --address 127.0.0.1"));
        assertHeld(stage.ask("why 1433 --address ::1"), "client", "ESTABLISHED");
    }

    @Test
    void a_connection_that_nobody_has_answered_is_a_client() throws Exception {
        stage.start("ready", List.of("sh", "-ec", """
                ip link add silent type veth peer name deaf
                ip address add 10.9.9.1/24 dev silent
                ip link set silent up
                ip link set deaf up
                ip neighbour add 10.9.9.2 lladdr 02:00:00:00:00:02 dev silent
                echo ready
                """));
        stage.dynamicRange(1433, 1433);
        SocketChannel calling = stage.socket();
        calling.configureBlocking(false);
        calling.connect(at("10.9.9.2", 9));

        Answer why = stage.ask("why 1433");

        assertHeld(why, "client", "SYN_SENT");
        assertThat(why.text("/holders/0/remote/address")).isEqualTo("10.9.9.2");
        assertFree(stage.ask("why 1433 --address 127.0.0.1"));
    }

    @Test
    void a_restarted_server_passes_over_time_wait_only_where_the_old_one_had_set_reuseaddr() throws Exception {
        for (boolean reuse : new boolean[] {true, false}) {
            int port = reuse ? 1433 : 1434;
            ServerSocketChannel listener = stage.unboundListener()
                    .setOption(StandardSocketOptions.SO_REUSEADDR, reuse)
                    .bind(at(LOOPBACK, port));
            Connection connection = stage.connect(listener);
            connection.closeByPeer();
            connection.client().close();
            listener.close();
        }

        Answer reusable = stage.ask("why 1433");
        assertFree(reusable);
        assertThat(reusable.texts("/proof", "/result")).containsExactly("refused", "bound");
        assertHeld(stage.ask("why 1434"), "time-wait", "TIME_WAIT");
    }

    @Test
    void a_listener_comes_before_the_connections_it_accepted() throws Exception {
        ServerSocketChannel listener = stage.listener(LOOPBACK, 1433);
        stage.connect(listener);
        stage.connect(listener).closeByPeer();

        Answer why = stage.ask("why 1433");

        assertHeld(why, "listener", "LISTEN");
        assertThat(why.texts("/holders", "/cause")).containsExactly("listener", "client", "client");
        assertThat(why.texts("/fixes", "/id")).containsOnlyOnce("end-process").doesNotContain("destroy-connection");
    }

    @Test
    void a_bound_socket_that_has_set_reuseaddr_leaves_the_port_free() throws Exception {
        stage.socket().setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(at(LOOPBACK, 1433));

        Answer why = stage.ask("why 1433");

        assertFree(why);
        assertThat(why.texts("/proof", "/result")).containsExactly("refused", "bound");
        assertThat(why.texts("/holders", "/cause")).containsExactly("bound-only");
    }

    @Test
    void a_listener_on_one_device_is_a_listener() throws Exception {
        stage.start("ready", Program.python("""
                s = socket.socket()
                s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b'lo')
                s.bind(('0.0.0.0', 1433)); s.listen()
                """));

        assertHeld(stage.ask("why 1433"), "listener", "LISTEN");
    }

    @Test
    void a_multipath_listener_is_a_listener_with_its_process() throws Exception {
        Program server = stage.start("ready", Program.python("""
                s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262) # IPPROTO_MPTCP
                s.bind(('0.0.0.0', 1433)); s.listen()
                """));

        Answer why = stage.ask("why 1433");

        assertHeld(why, "listener", "LISTEN");
        assertThat(why.text("/holders/0/process/pid")).isEqualTo(server.pid());
    }

    @Test
    void a_multipath_socket_that_is_only_bound_is_named() throws Exception {
        stage.start("ready", Program.python("""
                s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262) # IPPROTO_MPTCP
                s.bind(('0.0.0.0', 1433))
                """));

        assertHeld(stage.ask("why 1433"), "bound-only", "BOUND");
    }

    @Test
    void an_address_of_the_old_kind_and_its_mapped_form_are_one() throws Exception {
        stage.listener(LOOPBACK, 1433);

        assertHeld(stage.ask("why 1433 --address ::ffff:127.0.0.1"), "listener", "LISTEN");
    }
}

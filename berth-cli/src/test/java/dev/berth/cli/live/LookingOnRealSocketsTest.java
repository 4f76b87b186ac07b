package dev.berth.cli.live;

import static dev.berth.cli.live.Stage.LOOPBACK;
import static dev.berth.cli.live.Stage.at;
import static dev.berth.cli.live.Stage.thisProcess;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth who}, {@code list} and {@code ranges} in a namespace whose content is known. */
class LookingOnRealSocketsTest {
    private final Stage stage = new Stage();

    LookingOnRealSocketsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    @Test
    void nobody_holds_a_port_that_is_free() throws Exception {
        Answer who = stage.ask("who 1433");

        assertThat(who.code()).isZero();
        assertThat(who.at("/holders").isEmpty()).isTrue();
        assertThat(who.at("/holdersComplete").asBoolean()).isTrue();
    }

    @Test
    void a_held_port_names_its_sockets_and_their_process() throws Exception {
        stage.connect(stage.listener(LOOPBACK, 1433));

        Answer who = stage.ask("who 1433");

        assertThat(who.code()).isEqualTo(1);
        assertThat(who.texts("/holders", "/state")).containsExactly("LISTEN", "ESTABLISHED");
        assertThat(who.texts("/holders", "/accepted")).containsExactly("false", "true");
        assertThat(who.texts("/holders", "/process/pid")).containsOnly(thisProcess());
    }

    @Test
    void every_process_of_a_forked_server_is_its_family() throws Exception {
        Program parent = stage.start("ready", Program.python("""
                s = socket.socket(); s.bind(('127.0.0.1', 1433)); s.listen()
                if os.fork() == 0:
                    sys.stdin.read()
                    os._exit(0)
                """));

        assertThat(stage.ask("who 1433").texts("/holders", "/process/pid"))
                .hasSize(2)
                .contains(parent.pid());
    }

    @Test
    void udp_and_tcp_of_one_number_are_two_ports() throws Exception {
        stage.datagrams().bind(at(LOOPBACK, 1434));

        assertThat(stage.ask("who 1434").code()).isZero();
        assertThat(stage.ask("who 1434 --protocol udp").texts("/holders", "/cause"))
                .containsExactly("listener");
    }

    @Test
    void each_filter_keeps_what_it_names_and_together_they_are_joined_by_and() throws Exception {
        ServerSocketChannel listener = stage.listener(LOOPBACK, 1433);
        var client = (InetSocketAddress) stage.connect(listener).client().getLocalAddress();
        stage.datagrams().bind(at("127.0.0.2", 1434));
        Program other =
                stage.start("ready", Program.python("s = socket.socket(); s.bind(('127.0.0.3', 1435)); s.listen()\n"));
        String near = LOOPBACK + ":" + client.getPort();
        String server = LOOPBACK + ":1433";

        assertThat(list("")).containsExactlyInAnyOrder(server, server, near, "127.0.0.2:1434", "127.0.0.3:1435");
        assertThat(list(" state=listen")).containsExactlyInAnyOrder(server, "127.0.0.3:1435");
        assertThat(list(" state=bound,established")).containsExactlyInAnyOrder(server, near, "127.0.0.2:1434");
        assertThat(list(" port=1433")).containsExactly(server, server);
        assertThat(list(" port=1434-1435")).containsExactlyInAnyOrder("127.0.0.2:1434", "127.0.0.3:1435");
        assertThat(list(" local=127.0.0.2")).containsExactly("127.0.0.2:1434");
        assertThat(list(" local=" + server)).containsExactly(server, server);
        assertThat(list(" remote=" + server)).containsExactly(near);
        assertThat(list(" remote=127.0.0.1")).containsExactlyInAnyOrder(near, server);
        assertThat(list(" pid=" + other.pid())).containsExactly("127.0.0.3:1435");
        assertThat(list(" process=java")).containsExactlyInAnyOrder(server, server, near, "127.0.0.2:1434");
        assertThat(list(" protocol=udp")).containsExactly("127.0.0.2:1434");
        assertThat(list(" state=listen process=java")).containsExactly(server);
        assertThat(list(" pid=" + other.pid() + " process=java")).isEmpty();
        assertThat(locals(Stage.askAnywhere("list state=listen netns=" + stage.resident())))
                .containsExactlyInAnyOrder(server, "127.0.0.3:1435");
    }

    private List<String> list(String filters) throws Exception {
        Answer list = stage.ask("list" + filters);
        assertThat(list.code()).isZero();
        return locals(list);
    }

    private static List<String> locals(Answer list) {
        return list.at("/sockets")
                .valueStream()
                .map(socket -> socket.at("/local/address").asString() + ":"
                        + socket.at("/local/port").asInt())
                .toList();
    }

    @Test
    void a_socket_of_two_processes_is_one_line_that_names_both() throws Exception {
        stage.start("ready", Program.python("""
                s = socket.socket(); s.bind(('127.0.0.1', 1433)); s.listen()
                if os.fork() == 0:
                    sys.stdin.read()
                    os._exit(0)
                """));

        Answer list = stage.ask("list");

        assertThat(list.at("/sockets").size()).isEqualTo(1);
        assertThat(list.at("/sockets/0/alsoHeldBy").size()).isEqualTo(1);
    }

    @Test
    void without_owners_nobody_is_looked_for() throws Exception {
        stage.listener(LOOPBACK, 1433);

        assertThat(stage.ask("list --no-owners").texts("/sockets", "/noProcess"))
                .containsExactly("notLooked");
    }

    @Test
    void ranges_tells_what_is_in_force_and_that_no_file_says_so() throws Exception {
        stage.dynamicRange(40_000, 49_999);
        stage.set("ipv4/ip_local_reserved_ports", "40001,40010-40019");
        stage.set("ipv4/ip_unprivileged_port_start", "80");

        Answer ranges = stage.ask("ranges");

        assertThat(ranges.code()).isZero();
        for (String scope : List.of("/tcp/ipv4", "/tcp/ipv6", "/udp/ipv4", "/udp/ipv6")) {
            assertThat(ranges.text(scope + "/dynamic/first")).isEqualTo("40000");
            assertThat(ranges.text(scope + "/dynamic/last")).isEqualTo("49999");
            assertThat(ranges.texts(scope + "/reserved", "/first")).containsExactly("40001", "40010");
            assertThat(ranges.texts(scope + "/reserved", "/last")).containsExactly("40001", "40019");
            assertThat(ranges.text(scope + "/firstUnprivileged")).isEqualTo("80");
            assertThat(ranges.at(scope + "/persistent/reserved").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 2_000})
    void ranges_reads_a_reservation_of_any_length(int ports) throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < ports; i++) {
            text.append(i == 0 ? "" : ",").append(10_001 + 2 * i);
        }
        stage.setWhole("ipv4/ip_local_reserved_ports", text.toString());

        assertThat(stage.ask("ranges").at("/tcp/ipv4/reserved").size()).isEqualTo(ports);
    }

    @Test
    void the_name_of_a_process_cannot_draw_on_the_terminal() throws Exception {
        stage.start("ready", Program.python("""
                open('/proc/self/comm', 'w').write('\\033[2J\\rfree\\n')
                s = socket.socket(); s.bind(('127.0.0.1', 40001)); s.listen()
                """));

        for (String line : List.of("why 40001", "who 40001", "list", "doctor")) {
            String text = stage.show(line);
            assertThat(text).contains("[2J").doesNotContain("\u001b", "\r");
            assertThat(stage.ask(line).document().toString())
                    .as("for a program the name is whole, in JSON's own escapes")
                    .containsIgnoringCase("\\u001b[2J");
        }
    }
}

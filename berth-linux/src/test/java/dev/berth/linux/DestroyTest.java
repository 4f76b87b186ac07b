package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Elsewhere;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.Namespaces;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.SocketId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends real connections in every state, and shows what becomes of the port and of who held it. */
class DestroyTest {
    private static final List<String> WITHOUT_CAPABILITIES =
            List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all");
    private static final ActOutcome GONE =
            new ActOutcome.Gone("the connection has ended, or its place has been taken by another");
    private static final ActOutcome DONE = new ActOutcome.Done();

    private final Stand stand = Stand.open();
    private final Puppet server = stand.puppet();
    private final Puppet client = stand.puppet();

    DestroyTest() throws Exception {
        server.run("s = socket.create_server(('::', 8080), family=socket.AF_INET6, dualstack_ipv6=True)");
    }

    @AfterEach
    void leave() throws Exception {
        stand.close();
    }

    /** Connects {@code c} of the client and accepts it as {@code a} of the server. @return the port that was drawn */
    private int connect(String family, String address) throws Exception {
        client.run("c = socket.socket(socket." + family + ")");
        client.run("c.connect(('" + address + "', 8080))");
        server.run("a, _ = s.accept()");
        return client.number("c.getsockname()[1]");
    }

    private ActOutcome destroy(Stand.Row row) {
        return stand.control().destroy(row.id());
    }

    private boolean bindable(Protocol protocol, int port) {
        return stand.host().probe(new BindRequest(protocol, IpAddress.ANY_V6, port, false))
                instanceof BindOutcome.Bound;
    }

    @ParameterizedTest
    @CsvSource({"AF_INET,127.0.0.1", "AF_INET6,::1", "AF_INET6,::ffff:127.0.0.1"})
    void an_established_connection_gives_its_port_back_and_its_owner_lives_on(String family, String address)
            throws Exception {
        int port = connect(family, address);
        assertThat(bindable(Protocol.TCP, port)).isFalse();

        assertThat(destroy(stand.row(port, TcpState.ESTABLISHED))).isEqualTo(DONE);

        assertThat(bindable(Protocol.TCP, port)).isTrue();
        assertThat(client.ask("c.send(b'more')")).isEqualTo("ECONNABORTED");
        assertThat(server.ask("a.recv(1)")).isEqualTo("ECONNRESET");
        assertThat(client.ask("c.fileno() > 0")).isEqualTo("True");
        assertThat(stand.rows(8080, TcpState.LISTEN)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"AF_INET,127.0.0.1", "AF_INET6,::1", "AF_INET6,::ffff:127.0.0.1"})
    void a_time_wait_gives_its_port_back(String family, String address) throws Exception {
        int port = connect(family, address);
        client.run("c.close()");
        server.run("a.close()");
        assertThat(bindable(Protocol.TCP, port)).isFalse();

        assertThat(destroy(stand.row(port, TcpState.TIME_WAIT))).isEqualTo(DONE);

        assertThat(bindable(Protocol.TCP, port)).isTrue();
    }

    @Test
    void a_connection_its_peer_has_closed_gives_its_port_back() throws Exception {
        int port = connect("AF_INET", "127.0.0.1");
        server.run("a.close()");
        assertThat(client.ask("c.recv(1)")).isEqualTo("b''");

        assertThat(destroy(stand.row(port, TcpState.CLOSE_WAIT))).isEqualTo(DONE);

        assertThat(bindable(Protocol.TCP, port)).isTrue();
        assertThat(client.ask("c.send(b'more')")).isEqualTo("ECONNABORTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.shutdown(socket.SHUT_WR)", "c.close()"})
    void a_connection_that_waits_for_its_peer_to_close_gives_its_port_back(String half) throws Exception {
        int port = connect("AF_INET", "127.0.0.1");
        client.run(half);

        assertThat(destroy(stand.row(port, TcpState.FIN_WAIT2))).isEqualTo(DONE);

        assertThat(bindable(Protocol.TCP, port)).isTrue();
    }

    @Test
    void a_connection_that_nobody_answers_gives_its_port_back() throws Exception {
        server.run("full = socket.socket(); full.bind(('127.0.0.1', 8081)); full.listen(0)");
        client.run("first = socket.create_connection(('127.0.0.1', 8081))");
        client.run("c = socket.socket(); c.setblocking(False)");
        assertThat(client.ask("c.connect(('127.0.0.1', 8081))")).isEqualTo("EINPROGRESS");
        int port = client.number("c.getsockname()[1]");

        assertThat(destroy(stand.row(port, TcpState.SYN_SENT))).isEqualTo(DONE);

        assertThat(bindable(Protocol.TCP, port)).isTrue();
        assertThat(client.ask("c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)"))
                .isEqualTo("103"); // ECONNABORTED
    }

    @Test
    void a_connection_that_is_only_half_there_ends_and_the_listener_goes_on() throws Exception {
        server.run("t = socket.create_server(('127.0.0.1', 8081))");
        server.run("t.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 60)"); // until data comes
        client.run("c = socket.create_connection(('127.0.0.1', 8081))");

        assertThat(destroy(stand.row(8081, TcpState.SYN_RECV))).isEqualTo(DONE);

        assertThat(stand.rows(8081, TcpState.SYN_RECV)).isEmpty();
        assertThat(stand.rows(8081, TcpState.LISTEN)).hasSize(1);
    }

    @Test
    void an_accepted_connection_that_outlived_its_listener_gives_the_port_back() throws Exception {
        connect("AF_INET", "127.0.0.1");
        server.run("s.close()");
        assertThat(bindable(Protocol.TCP, 8080)).isFalse();

        assertThat(destroy(stand.row(8080, TcpState.ESTABLISHED))).isEqualTo(DONE);

        assertThat(bindable(Protocol.TCP, 8080)).isTrue();
        assertThat(server.ask("a.recv(1)")).isEqualTo("ECONNABORTED");
    }

    @Test
    void a_client_that_asked_for_its_port_by_number_keeps_it_until_it_closes() throws Exception {
        client.run("c = socket.socket(); c.bind(('127.0.0.1', 7001)); c.connect(('127.0.0.1', 8080))");

        assertThat(destroy(stand.row(7001, TcpState.ESTABLISHED))).isEqualTo(DONE);

        assertThat(stand.rows(7001, TcpState.ESTABLISHED)).isEmpty();
        assertThat(bindable(Protocol.TCP, 7001)).isFalse();
        assertThat(client.ask("c.send(b'more')")).isEqualTo("ECONNABORTED");
        client.run("c.close()");
        assertThat(bindable(Protocol.TCP, 7001)).isTrue();
    }

    @Test
    void a_later_connection_at_the_same_place_is_left_alone() throws Exception {
        String open = "c = socket.socket(); c.bind(('127.0.0.1', 7001)); c.connect(('127.0.0.1', 8080))";
        client.run(open);
        var first = stand.row(7001, TcpState.ESTABLISHED);
        client.run("import struct; c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))");
        client.run("c.close()"); // by a reset, so that nothing waits
        client.run(open);
        var second = stand.row(7001, TcpState.ESTABLISHED);
        assertThat(second.id().local()).isEqualTo(first.id().local());
        assertThat(second.id().remote()).isEqualTo(first.id().remote());

        assertThat(destroy(first)).isEqualTo(GONE);

        assertThat(client.ask("c.send(b'more')")).isEqualTo("4");
        assertThat(stand.row(7001, TcpState.ESTABLISHED)).isEqualTo(second);
    }

    @Test
    void a_connection_that_has_ended_is_gone_and_the_listener_it_came_to_is_not_hit_instead() throws Exception {
        connect("AF_INET", "127.0.0.1");
        var accepted = stand.rows(8080, TcpState.ESTABLISHED).getFirst();
        server.run("import struct; a.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))");
        server.run("a.close()");

        assertThat(destroy(accepted)).isEqualTo(GONE);

        connect("AF_INET", "127.0.0.1");
    }

    @Test
    void other_connections_of_the_same_port_are_left_alone() throws Exception {
        int port = connect("AF_INET", "127.0.0.1");
        server.run("t = socket.create_server(('127.0.0.1', 8081))");
        client.run("d = socket.socket(); d.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)");
        var before = stand.row(port, TcpState.ESTABLISHED);
        stand.namespace().set("ipv4/ip_local_port_range", port + " " + port);
        client.run("d.connect(('127.0.0.1', 8081))");
        assertThat(stand.rows(port, TcpState.ESTABLISHED)).hasSize(2);

        assertThat(destroy(before)).isEqualTo(DONE);

        assertThat(client.ask("c.send(b'more')")).isEqualTo("ECONNABORTED");
        assertThat(client.ask("d.send(b'more')")).isEqualTo("4");
    }

    @Test
    void a_listener_and_a_socket_only_bound_are_refused_and_left_as_they_are() throws Exception {
        client.run("b = socket.socket(); b.bind(('127.0.0.1', 7001))");
        for (var row : List.of(stand.row(8080, TcpState.LISTEN), stand.row(7001, TcpState.BOUND))) {
            assertThat(destroy(row))
                    .isInstanceOfSatisfying(
                            ActOutcome.Failed.class,
                            refused -> assertThat(refused.why())
                                    .isEqualTo(
                                            "it is not a connection: to destroy a socket that listens, or is only bound, does not"
                                                    + " free its port; its process must close it"));
        }
        connect("AF_INET", "127.0.0.1");
        client.run("b.listen()");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void a_socket_without_an_identity_is_left_alone(long cookie) throws Exception {
        int port = connect("AF_INET", "127.0.0.1");
        SocketId known = stand.row(port, TcpState.ESTABLISHED).id();

        var outcome = stand.control()
                .destroy(new SocketId(known.protocol(), known.local(), known.remote(), known.device(), cookie));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ActOutcome.Failed.class,
                        refused -> assertThat(refused.why()).startsWith("its identity is unknown"));
        assertThat(client.ask("c.send(b'more')")).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource({"AF_INET,127.0.0.1", "AF_INET6,::1", "AF_INET6,::ffff:127.0.0.1"})
    void a_udp_socket_that_drew_its_port_gives_it_back(String family, String address) throws Exception {
        client.run("c = socket.socket(socket." + family + ", socket.SOCK_DGRAM)");
        client.run("c.connect(('" + address + "', 5353))");
        int port = client.number("c.getsockname()[1]");
        assertThat(bindable(Protocol.UDP, port)).isFalse();

        assertThat(destroy(stand.row(port, TcpState.ESTABLISHED))).isEqualTo(DONE);

        assertThat(bindable(Protocol.UDP, port)).isTrue();
        assertThat(client.ask("c.recv(1)")).isEqualTo("ECONNABORTED");
    }

    @Test
    void a_udp_socket_that_drew_its_port_to_send_from_gives_it_back() throws Exception {
        client.run("c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)");
        client.ask("c.sendto(b'x', ('127.0.0.1', 5353))");
        int port = client.number("c.getsockname()[1]");

        assertThat(destroy(stand.row(port, TcpState.BOUND))).isEqualTo(DONE);

        assertThat(bindable(Protocol.UDP, port)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"pass,BOUND", "'c.connect((\"127.0.0.1\", 5354))',ESTABLISHED"})
    void a_udp_socket_that_asked_for_its_port_by_number_is_refused_and_left_as_it_is(String and, TcpState state)
            throws Exception {
        client.run(
                "c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.bind(('127.0.0.1', 5353)); c.setblocking(False)");
        client.run(and);

        assertThat(destroy(stand.row(5353, state)))
                .isEqualTo(new ActOutcome.Failed("its process asked for this port by number: to destroy such a UDP"
                        + " socket does not free the port; its process must close it"));

        assertThat(client.ask("c.recv(1)")).isEqualTo("EAGAIN");
    }

    @Test
    void without_privilege_the_capability_is_named_and_the_connection_lives() throws Exception {
        int port = connect("AF_INET", "127.0.0.1");
        SocketId id = stand.row(port, TcpState.ESTABLISHED).id();

        String said = stand.namespace()
                .call(() -> Elsewhere.run(
                        WITHOUT_CAPABILITIES,
                        Destroy.class,
                        id.local().toString(),
                        String.valueOf(id.remote()),
                        String.valueOf(id.cookie())));

        assertThat(said.strip()).isEqualTo("NotPermitted[needs=CAP_NET_ADMIN]");
        assertThat(client.ask("c.send(b'more')")).isEqualTo("4");
    }

    /** What runs without capabilities. */
    static final class Destroy {
        private Destroy() {}

        public static void main(String[] arguments) throws Exception {
            var id = new SocketId(
                    Protocol.TCP,
                    Endpoint.parse(arguments[0]),
                    Endpoint.parse(arguments[1]),
                    0,
                    Long.parseLong(arguments[2]));
            try (Kernel kernel = Namespaces.open(new NamespaceChoice.Own(), LibC.here(), (query, sink) -> {})
                    .kernels()
                    .getFirst()) {
                System.out.println(kernel.destroy(id));
            }
        }
    }
}

package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every platform owes its callers, shown with real sockets. */
public abstract class HostNetworkContract {
    private static final String LOOPBACK = "127.0.0.1";

    private final Deque<Closeable> open = new ArrayDeque<>();

    /** The host under test. */
    protected abstract HostNetwork host() throws Exception;

    /** How many connections are many. */
    protected int many() {
        return 250;
    }

    /** Makes sockets where the host under test looks. */
    protected abstract <T> T inside(Callable<T> call) throws Exception;

    @AfterEach
    void close_sockets() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    protected final <C extends Closeable> C closing(C channel) {
        open.push(channel);
        return channel;
    }

    /** A row that outlives its cursor's next step. */
    public record Seen(
            Protocol protocol, TcpState state, String local, String remote, long inode, int expiresInMillis) {}

    protected final List<Seen> look(SocketQuery query) throws Exception {
        return look(query, 1);
    }

    protected final List<Seen> look(SocketQuery query, int parts) throws Exception {
        var rows = new ArrayList<Seen>();
        try (SocketDump dump = host().sockets(query, parts)) {
            assertThat(dump.parts()).hasSizeBetween(1, parts);
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    assertThat(query.matches(part)).isTrue();
                    rows.add(new Seen(
                            part.protocol(),
                            part.state(),
                            part.local().toString(),
                            part.remote().toString(),
                            part.inode(),
                            part.expiresInMillis()));
                }
            }
        }
        return rows;
    }

    protected final List<Seen> lookAtPort(int port) throws Exception {
        return look(SocketQuery.everything().with(PortRange.of(port)));
    }

    protected static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    protected static int port(NetworkChannel channel) throws IOException {
        SocketAddress local = channel.getLocalAddress();
        return ((InetSocketAddress) local).getPort();
    }

    protected final ServerSocketChannel listener(String address) throws Exception {
        return inside(() -> closing(ServerSocketChannel.open()).bind(at(address, 0), 7));
    }

    protected final SocketChannel clientOf(ServerSocketChannel listener) throws Exception {
        int port = port(listener);
        return inside(() -> {
            SocketChannel client = closing(SocketChannel.open());
            client.connect(at(LOOPBACK, port));
            return client;
        });
    }

    @Test
    void a_listener_is_seen_at_the_address_it_was_bound_to() throws Exception {
        var listener = listener(LOOPBACK);
        assertThat(lookAtPort(port(listener))).singleElement().satisfies(row -> {
            assertThat(row.protocol()).isEqualTo(Protocol.TCP);
            assertThat(row.state()).isEqualTo(TcpState.LISTEN);
            assertThat(row.local()).isEqualTo(LOOPBACK + ":" + port(listener));
            assertThat(row.expiresInMillis()).isEqualTo(-1);
        });
    }

    @Test
    protected void a_listener_is_tied_to_its_owner() throws Exception {
        var listener = listener(LOOPBACK);
        assertThat(lookAtPort(port(listener))).extracting(Seen::inode).doesNotContain(0L);
    }

    @Test
    void both_ends_of_a_connection_are_seen() throws Exception {
        var listener = listener(LOOPBACK);
        var client = clientOf(listener);
        closing(listener.accept());
        String near = LOOPBACK + ":" + port(client);
        String far = LOOPBACK + ":" + port(listener);
        assertThat(look(SocketQuery.everything().with(EnumSet.of(TcpState.ESTABLISHED))))
                .extracting(Seen::local, Seen::remote)
                .contains(tuple(near, far), tuple(far, near));
    }

    @Test
    protected void the_side_that_closes_first_waits_and_says_for_how_long() throws Exception {
        Assumptions.assumeTrue(host().shows(TcpState.TIME_WAIT), "this system shows no TIME_WAIT");
        assertThat(lookAtPort(portInTimeWait())).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(TcpState.TIME_WAIT);
            assertThat(row.inode()).isZero();
            assertThat(row.expiresInMillis()).isBetween(50_000, 61_000);
        });
    }

    /** Of a client that has closed first. */
    protected final int portInTimeWait() throws Exception {
        var listener = listener(LOOPBACK);
        var client = clientOf(listener);
        var accepted = closing(listener.accept());
        int port = port(client);
        client.close();
        assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        accepted.close();
        return port;
    }

    @Test
    void a_connection_its_peer_has_closed_is_in_close_wait() throws Exception {
        var listener = listener(LOOPBACK);
        var client = clientOf(listener);
        var accepted = closing(listener.accept());
        accepted.close();
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(lookAtPort(port(client))).extracting(Seen::state).containsExactly(TcpState.CLOSE_WAIT);
    }

    @Test
    void a_socket_that_is_only_bound_is_seen_or_named_as_a_gap() throws Exception {
        var bound = inside(() -> closing(SocketChannel.open()).bind(at(LOOPBACK, 0)));
        var rows = lookAtPort(port(bound));
        if (host().shows(TcpState.BOUND)) {
            assertThat(rows).extracting(Seen::state).containsExactly(TcpState.BOUND);
        } else {
            assertThat(rows).isEmpty();
            assertThat(host().snapshot(SocketQuery.everything()).gaps())
                    .extracting(Gap::what)
                    .anyMatch(what -> what.contains("bound"));
        }
    }

    @Test
    void a_client_connected_to_itself_is_recognised() throws Exception {
        var self = inside(() -> {
            SocketChannel channel = closing(SocketChannel.open()).bind(at(LOOPBACK, 0));
            channel.connect(channel.getLocalAddress());
            return channel;
        });
        try (SocketDump dump = host().sockets(SocketQuery.everything().with(PortRange.of(port(self))), 1)) {
            SocketCursor row = dump.parts().getFirst();
            assertThat(row.next()).isTrue();
            assertThat(row.isSelfConnect()).isTrue();
            assertThat(row.state()).isEqualTo(TcpState.ESTABLISHED);
        }
    }

    @Test
    void an_ipv4_connection_through_an_ipv6_socket_is_an_ipv4_connection() throws Exception {
        var dual = inside(() -> closing(ServerSocketChannel.open()).bind(new InetSocketAddress("::", 0)));
        var client = clientOf(dual);
        closing(dual.accept());
        assertThat(look(SocketQuery.everything().with(PortRange.of(port(dual))).with(EnumSet.of(TcpState.ESTABLISHED))))
                .extracting(Seen::local, Seen::remote)
                .containsExactly(tuple(LOOPBACK + ":" + port(dual), LOOPBACK + ":" + port(client)));
    }

    @Test
    protected void a_udp_socket_is_bound_until_it_is_connected() throws Exception {
        var waiting = inside(
                () -> closing(DatagramChannel.open(StandardProtocolFamily.INET)).bind(at(LOOPBACK, 0)));
        var talking = inside(() -> {
            DatagramChannel channel = closing(DatagramChannel.open(StandardProtocolFamily.INET));
            return channel.connect(waiting.getLocalAddress());
        });
        var udp = SocketQuery.all(Protocol.UDP);
        assertThat(look(udp.with(PortRange.of(port(waiting)))))
                .extracting(Seen::state)
                .containsExactly(TcpState.BOUND);
        assertThat(look(udp.with(PortRange.of(port(talking))))).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(TcpState.ESTABLISHED);
            assertThat(row.remote()).isEqualTo(LOOPBACK + ":" + port(waiting));
        });
    }

    @Test
    void only_what_was_asked_for_comes_back() throws Exception {
        var listener = listener(LOOPBACK);
        var client = clientOf(listener);
        closing(listener.accept());
        var everything = SocketQuery.everything();
        int port = port(listener);
        var to = new Endpoint(IpAddress.parse(LOOPBACK), port);
        String near = LOOPBACK + ":" + port(client);
        assertThat(look(everything.with(PortRange.of(port)).with(EnumSet.of(TcpState.LISTEN))))
                .hasSize(1);
        assertThat(look(everything.with(PortRange.of(port)))).hasSize(2);
        assertThat(look(everything.with(to))).extracting(Seen::local).containsExactly(near);
        assertThat(look(everything.with(new Endpoint(to.address(), 0)).with(PortRange.of(port(client)))))
                .extracting(Seen::local)
                .containsExactly(near);
        assertThat(look(everything.with(new Endpoint(IpAddress.parse("127.0.0.9"), 0))))
                .isEmpty();
        int low = Math.min(port, port(client));
        assertThat(look(everything.with(new PortRange(low, Math.min(low + 1, 65_535)))))
                .extracting(Seen::local)
                .allMatch(local -> local.endsWith(":" + low) || local.endsWith(":" + (low + 1)))
                .anyMatch(local -> local.endsWith(":" + low));
        assertThat(look(everything.with(Protocol.UDP).with(PortRange.of(port)))).isEmpty();
    }

    @Test
    void two_parts_are_the_whole() throws Exception {
        var listener = listener(LOOPBACK);
        for (int i = 0; i < many(); i++) {
            clientOf(listener);
            closing(listener.accept());
        }
        String end = LOOPBACK + ":" + port(listener);
        var whole = ids(look(SocketQuery.everything(), 1), end);
        assertThat(whole).hasSizeGreaterThan(2 * many());
        assertThat(ids(look(SocketQuery.everything(), 2), end)).containsExactlyInAnyOrderElementsOf(whole);
    }

    /** Of the sockets that have such an end: others may come and go between two looks. */
    private static List<String> ids(List<Seen> rows, String end) {
        return rows.stream()
                .filter(row -> row.local().equals(end) || row.remote().equals(end))
                .map(row -> row.protocol() + " " + row.local() + " " + row.remote())
                .toList();
    }

    @Test
    void how_a_socket_shares_its_port_is_read_or_why_not_is_said() throws Exception {
        var listener = inside(() -> closing(ServerSocketChannel.open())
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(at(LOOPBACK, 0)));
        long inode = lookAtPort(port(listener)).getFirst().inode();
        switch (host().flags((int) ProcessHandle.current().pid(), inode, 0)) {
            case SocketFlags.Read read -> assertThat(read).isEqualTo(new SocketFlags.Read(true, false, false));
            case SocketFlags.Unknown(String why) -> assertThat(why).isNotBlank();
        }
    }

    @Test
    void a_connection_to_this_host_comes_from_the_address_it_goes_to() throws Exception {
        for (IpAddress own : Stream.of(LOOPBACK, "::1").map(IpAddress::parse).toList()) {
            assertThat(host().sourceTowards(own).orElse(own)).isEqualTo(own);
        }
    }

    @Test
    void neither_the_first_process_nor_this_one_is_ever_signalled() throws Exception {
        for (long pid : List.of(0L, 1L, ProcessHandle.current().pid())) {
            var process =
                    new ProcessRef((int) pid, Instant.EPOCH); // nobody's, so that a failure of this test is harmless
            assertThat(host().control().signal(process, HostControl.EndSignal.SIGKILL))
                    .isNotInstanceOfAny(ActOutcome.Done.class, ActOutcome.Gone.class);
        }
    }

    @Test
    protected void a_probe_is_refused_where_a_listener_is_and_leaves_nothing_behind() throws Exception {
        var listener = listener("0.0.0.0");
        int taken = port(listener);
        for (Protocol protocol : Protocol.values()) {
            for (IpAddress address :
                    Stream.of("0.0.0.0", "::", LOOPBACK).map(IpAddress::parse).toList()) {
                BindOutcome outcome = host().probe(new BindRequest(protocol, address, taken, true));
                if (protocol == Protocol.UDP) {
                    assertThat(outcome).isInstanceOf(BindOutcome.Bound.class);
                } else {
                    assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    BindOutcome.Refused.class,
                                    refused ->
                                            assertThat(refused.error().name()).contains("ADDRINUSE"));
                }
            }
        }
        assertThat(lookAtPort(taken)).hasSize(1);
        listener.close();
        assertThat(host().probe(new BindRequest(Protocol.TCP, IpAddress.ANY_V6, taken, false)))
                .isInstanceOf(BindOutcome.Bound.class);
        assertThat(lookAtPort(taken)).isEmpty();
    }

    @Test
    protected void an_address_of_nobody_cannot_be_probed() throws Exception {
        assertThat(host().probe(new BindRequest(Protocol.TCP, IpAddress.parse("192.0.2.1"), 4711, true)))
                .isInstanceOfSatisfying(
                        BindOutcome.Refused.class,
                        refused -> assertThat(refused.error().name()).contains("ADDRNOTAVAIL"));
    }
}

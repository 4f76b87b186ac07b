package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.Namespaces;
import dev.berth.linux.kernel.NativeBuffer;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostNetworkContract;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract on the running kernel, and what only Linux can stage. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LinuxContract extends HostNetworkContract {
    private @Nullable PrivateNamespace namespace;
    private @Nullable HostNetwork host;

    abstract Kernel over(Kernel live);

    @BeforeAll
    void enter() throws Exception {
        var own = PrivateNamespace.open();
        namespace = own;
        Kernel live = Namespaces.open(new NamespaceChoice.OfProcess(own.pid()), LibC.here(), (query, sink) -> {})
                .kernels()
                .getFirst();
        host = new LinuxHost(over(live), List.of());
    }

    @AfterAll
    void leave() throws Exception {
        if (host != null) {
            host.close();
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    @Override
    protected HostNetwork host() {
        return Objects.requireNonNull(host);
    }

    private PrivateNamespace namespace() {
        return Objects.requireNonNull(namespace);
    }

    @Override
    protected <T> T inside(Callable<T> call) throws Exception {
        return namespace().call(call);
    }

    @Test
    void a_client_gets_the_only_port_of_a_one_port_range() throws Exception {
        var listener = listener("127.0.0.1");
        namespace().set("ipv4/ip_local_port_range", "1433 1433");
        try {
            clientOf(listener);
            closing(listener.accept());
            assertThat(lookAtPort(1433)).extracting(Seen::state).containsExactly(TcpState.ESTABLISHED);
            var explicit =
                    SocketQuery.all(Protocol.TCP).with(PortRange.of(1433)).with(PortOrigin.EXPLICIT);
            assertThat(look(explicit)).isEmpty();
        } finally {
            namespace().set("ipv4/ip_local_port_range", "32768 60999");
        }
    }

    @Test
    void a_port_asked_for_by_number_is_told_from_one_that_was_drawn() throws Exception {
        var byNumber = inside(() -> closing(ServerSocketChannel.open()).bind(at("127.0.0.1", 1521)));
        var client = clientOf(byNumber);
        closing(byNumber.accept());
        var explicit = SocketQuery.all(Protocol.TCP).with(PortOrigin.EXPLICIT);
        assertThat(look(explicit.with(PortRange.of(1521))))
                .extracting(Seen::state)
                .containsExactly(TcpState.LISTEN);
        assertThat(look(explicit.with(new PortRange(1500, 1600)))).hasSize(1);
        assertThat(look(explicit.with(PortRange.of(port(client))))).isEmpty();
    }

    @Test
    void each_socket_of_a_reuseport_pair_is_a_row() throws Exception {
        var first = inside(() -> closing(ServerSocketChannel.open())
                .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                .bind(at("127.0.0.1", 0)));
        int port = port(first);
        inside(() -> closing(ServerSocketChannel.open())
                .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                .bind(at("127.0.0.1", port)));
        assertThat(lookAtPort(port)).hasSize(2).extracting(Seen::inode).doesNotHaveDuplicates();
    }

    @Test
    void a_v6_only_listener_is_at_the_ipv6_wildcard() throws Exception {
        LibC libc = Objects.requireNonNull(LibC.here());
        int socket = inside(() -> {
            int made = libc.socket(10, 1, 0);
            libc.setsockopt(made, 41, 26, 1);
            var address = new NativeBuffer(28);
            address.bytes().putShort((short) 10).put((byte) (1522 >> 8)).put((byte) 1522);
            libc.bind(made, address, 28);
            return made;
        });
        closing(() -> libc.close(socket));
        var snapshot = host().snapshot(SocketQuery.everything().with(PortRange.of(1522)));
        if (host().shows(TcpState.BOUND)) {
            var row = snapshot.sockets().cursor();
            assertThat(row.next()).isTrue();
            assertThat(row.local()).hasToString("[::]:1522");
            assertThat(row.v6Only()).isTrue();
        }
    }

    @Test
    void a_client_that_chose_its_port_can_be_looked_up_by_it() throws Exception {
        var listener = listener("127.0.0.1");
        inside(() -> {
            SocketChannel client = closing(SocketChannel.open()).bind(at("127.0.0.1", 2100));
            client.connect(listener.getLocalAddress());
            return client;
        });
        assertThat(lookAtPort(2100)).extracting(Seen::state).containsExactly(TcpState.ESTABLISHED);
    }

    @Test
    void the_namespace_is_the_one_that_was_chosen() throws Exception {
        assertThat(host().namespace().inode())
                .isEqualTo(inside(() -> (Long) Files.getAttribute(Path.of("/proc/thread-self/ns/net"), "unix:ino")));
    }
}

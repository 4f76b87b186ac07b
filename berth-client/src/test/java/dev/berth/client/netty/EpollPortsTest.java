package dev.berth.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel does for Netty's epoll transport, with very few ports in a namespace of their own. */
class EpollPortsTest {
    private static final String SOURCE = "127.0.0.9";

    private NettyNamespace namespace;

    @BeforeEach
    void open() throws Exception {
        namespace = NettyNamespace.open(NettyNamespace.Transport.EPOLL);
    }

    @AfterEach
    void close() throws Exception {
        namespace.close();
    }

    @Test
    void a_source_address_takes_the_only_port_from_every_other_destination() throws Exception {
        namespace.set("ipv4/ip_local_port_range", "40000 40000");
        namespace.call(() -> {
            Bootstrap plain = namespace.bootstrap().localAddress(new InetSocketAddress(SOURCE, 0));
            try (var first = listener(7001);
                    var second = listener(7002)) {
                assertThat(local(connect(plain, first))).isEqualTo(new InetSocketAddress(SOURCE, 40_000));
                assertThat(connect(plain, second).cause()).hasMessageContaining("-98"); // EADDRINUSE, from bind
            }
            return true;
        });
    }

    @Test
    void a_source_address_without_a_port_leaves_it_to_every_destination() throws Exception {
        namespace.set("ipv4/ip_local_port_range", "40000 40000");
        namespace.call(() -> {
            Bootstrap withoutPort = EpollPorts.fromAddress(namespace.bootstrap(), InetAddress.ofLiteral(SOURCE));
            try (var first = listener(7001);
                    var second = listener(7002)) {
                assertThat(local(connect(withoutPort, first))).isEqualTo(new InetSocketAddress(SOURCE, 40_000));
                assertThat(local(connect(withoutPort, second))).isEqualTo(new InetSocketAddress(SOURCE, 40_000));
            }
            return true;
        });
    }

    @Test
    void a_range_of_a_sockets_own_is_the_kernels_choice_and_serves_every_destination() throws Exception {
        namespace.set("ipv4/ip_local_port_range", "40000 40009");
        namespace.call(() -> {
            Bootstrap within = EpollPorts.within(namespace.bootstrap(), new PortRange(40_005, 40_005));
            try (var first = listener(7001);
                    var second = listener(7002)) {
                assertThat(local(connect(within, first)).getPort()).isEqualTo(40_005);
                assertThat(local(connect(within, second)).getPort()).isEqualTo(40_005);
                assertThat(connect(within, first).cause()).hasMessageContaining("-99"); // EADDRNOTAVAIL
            }
            return true;
        });
    }

    private static ServerSocket listener(int port) throws Exception {
        return new ServerSocket(port, 10, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static ChannelFuture connect(Bootstrap bootstrap, ServerSocket server) throws Exception {
        ChannelFuture connecting = bootstrap.connect(server.getLocalSocketAddress());
        assertThat(connecting.await(10, TimeUnit.SECONDS)).isTrue();
        return connecting;
    }

    private static InetSocketAddress local(ChannelFuture connected) {
        assertThat(connected.cause()).isNull();
        return (InetSocketAddress) connected.channel().localAddress();
    }
}

package dev.berth.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.DestinationUsage;
import dev.berth.client.LocalPorts;
import dev.berth.client.LocalPortsBuilder;
import dev.berth.client.NoLocalAddressException;
import dev.berth.client.PortOrder;
import dev.berth.client.PortsExhaustedException;
import dev.berth.client.servers.Nginx;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Netty channels from chosen ports, in a namespace of their own, against nginx and plain listeners. */
@ParameterizedClass
@EnumSource(NettyNamespace.Transport.class)
class NettyLocalPortsTest {
    private static final int SECONDS = 10;

    private final NettyNamespace namespace;

    NettyLocalPortsTest(NettyNamespace.Transport transport) throws Exception {
        namespace = NettyNamespace.open(transport);
    }

    @AfterEach
    void close() throws Exception {
        namespace.close();
    }

    @Test
    void a_server_sees_the_chosen_ports_and_every_destination_gets_all_of_them() throws Exception {
        inside(() -> {
            var netty = new NettyLocalPorts(ten().build());
            try (Nginx first = Nginx.start();
                    Nginx second = Nginx.start();
                    Nginx third = Nginx.start()) {
                for (Nginx server : List.of(first, second, third)) {
                    Set<Integer> seen = new HashSet<>();
                    for (int i = 0; i < 10; i++) {
                        Channel channel = connected(netty, server.http());
                        seen.add(Nginx.port(NettyNamespace.ask(channel, "/peer")));
                    }
                    assertThat(seen).containsExactlyInAnyOrderElementsOf(ports(20_000, 20_009));
                    assertThat(failure(netty.connect(namespace.bootstrap(), server.http())))
                            .isInstanceOf(PortsExhaustedException.class)
                            .hasMessageContaining("10 in use");
                }
            }
        });
    }

    @Test
    void a_port_is_free_at_once_when_the_server_closed_first_and_waits_when_this_side_did() throws Exception {
        inside(() -> {
            LocalPorts ports = ten().build();
            var netty = new NettyLocalPorts(ports);
            try (Nginx server = Nginx.start()) {
                for (int i = 0; i < 3; i++) {
                    Channel channel = connected(netty, server.http());
                    assertThat(Nginx.port(NettyNamespace.ask(channel, "/last"))).isBetween(20_000, 20_009);
                    channel.closeFuture().sync();
                    await(ports, new Usage(0, 0)); // who waits for the close may be told before who knows of the port
                }
                Channel channel = connected(netty, server.http());
                channel.close().sync();
                assertThat(usage(ports)).isEqualTo(new Usage(0, 1));
            }
        });
    }

    @Test
    void a_port_is_free_at_once_after_a_reset() throws Exception {
        inside(() -> {
            LocalPorts ports = one().build();
            try (var server = listener(0)) {
                Channel channel = connected(new NettyLocalPorts(ports), address(server));
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                channel.close().sync();
                assertThat(usage(ports)).isEqualTo(new Usage(0, 0));
            }
        });
    }

    @Test
    void who_ends_its_half_first_is_known() throws Exception {
        inside(() -> {
            LocalPorts ports = ten().build();
            var ended = new CountDownLatch(1);
            Bootstrap halves = namespace
                    .bootstrap()
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new InputEnd(ended));
                        }
                    });
            try (var server = listener(0)) {
                Channel peerFirst = done(new NettyLocalPorts(ports).connect(halves, address(server)));
                server.accept().close();
                assertThat(ended.await(SECONDS, TimeUnit.SECONDS)).isTrue();
                peerFirst.close().sync();
                assertThat(usage(ports)).isEqualTo(new Usage(0, 0));

                var hereFirst = (SocketChannel) done(new NettyLocalPorts(ports).connect(halves, address(server)));
                hereFirst.shutdownOutput().sync();
                server.accept().close();
                hereFirst.close().sync();
                assertThat(usage(ports)).isEqualTo(new Usage(0, 1));
            }
        });
    }

    @Test
    void a_port_somebody_has_bound_is_passed_over_on_the_same_channel() throws Exception {
        inside(() -> {
            var netty = new NettyLocalPorts(ten().order(PortOrder.SEQUENTIAL).build());
            var taken = new ArrayList<Socket>();
            try (var server = listener(0)) {
                for (int port = 20_000; port < 20_009; port++) {
                    var socket = new Socket();
                    taken.add(socket);
                    socket.setReuseAddress(false);
                    socket.bind(new InetSocketAddress(port));
                }
                ChannelFuture viaHandler =
                        withHandler(netty).connect(address(server)).await();
                assertThat(viaHandler.cause()).isNull();
                assertThat(localPort(viaHandler.channel())).isEqualTo(20_009);
                assertThat(failure(netty.connect(namespace.bootstrap(), address(server))))
                        .isInstanceOf(PortsExhaustedException.class);
            } finally {
                for (Socket socket : taken) {
                    socket.close();
                }
            }
        });
    }

    @Test
    void a_four_tuple_somebody_has_costs_a_channel_and_is_passed_over() throws Exception {
        inside(() -> {
            LocalPorts ports = ten().order(PortOrder.SEQUENTIAL).build();
            var netty = new NettyLocalPorts(ports);
            var taken = new ArrayList<Socket>();
            try (var server = listener(0)) {
                for (int port = 20_000; port < 20_009; port++) {
                    taken.add(shared(port, address(server)));
                }
                Channel channel = connected(netty, address(server));
                assertThat(localPort(channel)).isEqualTo(20_009);
                assertThat(failure(netty.connect(namespace.bootstrap(), address(server))))
                        .isInstanceOf(PortsExhaustedException.class);
                assertThat(usage(ports)).isEqualTo(new Usage(1, 0));
            } finally {
                for (Socket socket : taken) {
                    socket.close();
                }
            }
        });
    }

    @Test
    void who_owns_the_bootstrap_is_told_to_connect_again_and_then_has_another_port() throws Exception {
        inside(() -> {
            LocalPorts ports = ports(2).order(PortOrder.SEQUENTIAL).build();
            var netty = new NettyLocalPorts(ports);
            try (var server = listener(0);
                    var first = shared(20_000, address(server))) {
                Throwable lost = null;
                ChannelFuture connected =
                        withHandler(netty).connect(address(server)).await();
                for (int i = 0; i < 2 && !connected.isSuccess(); i++) { // whether 20000 or 20001 comes first is chance
                    lost = connected.cause();
                    assertThat(lost).isInstanceOf(PortTakenException.class).hasMessageContaining("connect again");
                    assertThat(connected.channel().isOpen()).isFalse();
                    assertThat(usage(ports)).isEqualTo(new Usage(0, 0));
                    connected = withHandler(netty).connect(address(server)).await();
                }
                assertThat(connected.cause()).isNull();
                assertThat(localPort(connected.channel())).isEqualTo(20_001);
                assertThat(first.isConnected()).isTrue();
            }
        });
    }

    @Test
    void a_refused_connect_takes_no_port() throws Exception {
        inside(() -> {
            LocalPorts ports = one().build();
            var netty = new NettyLocalPorts(ports);
            InetSocketAddress nobody = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
            for (int i = 0; i < 3; i++) {
                assertThat(failure(netty.connect(namespace.bootstrap(), nobody)))
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("refused");
                assertThat(usage(ports)).isEqualTo(new Usage(0, 0));
                assertThat(withHandler(netty).connect(nobody).await().cause()).hasMessageContaining("refused");
                assertThat(usage(ports)).isEqualTo(new Usage(0, 0));
            }
        });
    }

    @Test
    void a_connect_that_timed_out_or_was_cancelled_takes_no_port() throws Exception {
        namespace.addSilentNetwork();
        inside(() -> {
            LocalPorts ports = ten().build();
            var netty = new NettyLocalPorts(ports);
            var silent = new InetSocketAddress(InetAddress.ofLiteral("10.99.0.2"), 80);
            Bootstrap hasty = namespace.bootstrap().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 50);
            assertThat(failure(netty.connect(hasty, silent))).isInstanceOf(ConnectTimeoutException.class);
            assertThat(usage(ports)).isEqualTo(new Usage(0, 0));

            Future<Channel> cancelled = netty.connect(namespace.bootstrap(), silent);
            await(ports, new Usage(1, 0));
            assertThat(cancelled.cancel(false)).isTrue();
            await(ports, new Usage(0, 0));

            ChannelFuture handlers = withHandler(netty).connect(silent);
            await(ports, new Usage(1, 0));
            assertThat(handlers.cancel(false)).isTrue();
            handlers.channel().closeFuture().sync();
            await(ports, new Usage(0, 0));
        });
    }

    @Test
    void a_connect_that_an_event_loop_forgot_takes_no_port_once_it_is_collected() throws Exception {
        namespace.addSilentNetwork();
        inside(() -> {
            LocalPorts ports = ten().build();
            connectAtTheEnd(new NettyLocalPorts(ports), new InetSocketAddress(InetAddress.ofLiteral("10.99.0.2"), 80));
            assertThat(usage(ports)).isEqualTo(new Usage(1, 0));
            await(ports, new Usage(0, 1), System::gc);
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // of the connect nothing is told, which is the point
    private void connectAtTheEnd(NettyLocalPorts netty, InetSocketAddress remote) throws Exception {
        EventLoopGroup group = namespace.anotherGroup();
        Bootstrap ending = namespace.bootstrap().clone(group).handler(new ChannelOutboundHandlerAdapter() {
            @Override
            public void connect(
                    ChannelHandlerContext context, SocketAddress to, SocketAddress local, ChannelPromise promise) {
                context.connect(to, local, promise);
                group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS);
            }
        });
        Future<Channel> forgotten = netty.connect(ending, remote);
        group.terminationFuture().sync();
        assertThat(forgotten.isDone()).isFalse();
    }

    @Test
    void a_source_address_that_is_gone_is_told_and_so_is_a_name_that_is_not_resolved() throws Exception {
        namespace.addSilentNetwork();
        inside(() -> {
            LocalPorts ports = ten().sources(InetAddress.ofLiteral("10.99.0.1")).build();
            assertThat(new ProcessBuilder("ip", "address", "del", "10.99.0.1/32", "dev", "lo")
                            .start()
                            .waitFor())
                    .isZero();
            var remote = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
            assertThat(failure(new NettyLocalPorts(ports).connect(namespace.bootstrap(), remote)))
                    .isInstanceOf(NoLocalAddressException.class);
            assertThat(failure(new NettyLocalPorts(ports)
                            .connect(
                                    namespace.bootstrap().disableResolver(),
                                    InetSocketAddress.createUnresolved("localhost", 9))))
                    .isInstanceOf(UnknownHostException.class);
            assertThat(usage(ports)).isEqualTo(new Usage(0, 0));
        });
    }

    @Test
    void names_are_resolved_and_ipv6_is_served() throws Exception {
        inside(() -> {
            var netty = new NettyLocalPorts(ten().build());
            try (var server = new ServerSocket(0, 10, InetAddress.ofLiteral("::1"))) {
                assertThat(localPort(connected(netty, address(server)))).isBetween(20_000, 20_009);
            }
            try (var server = listener(0)) {
                Channel channel =
                        connected(netty, InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort()));
                assertThat(localPort(channel)).isBetween(20_000, 20_009);
            }
        });
    }

    @Test
    void a_connection_that_reached_itself_is_refused() throws Exception {
        namespace.set("ipv4/ip_local_port_range", "40000 40000");
        inside(() -> {
            var netty = new NettyLocalPorts(LocalPorts.builder().polite().build());
            var itself = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 40_000);
            assertThat(failure(netty.connect(namespace.bootstrap(), itself)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("reached itself");
        });
    }

    @Test
    void a_local_address_of_the_bootstrap_goes_before() throws Exception {
        inside(() -> {
            LocalPorts ports = one().build();
            try (var server = listener(0)) {
                Channel channel = done(new NettyLocalPorts(ports)
                        .connect(namespace.bootstrap().localAddress(new InetSocketAddress(30_000)), address(server)));
                assertThat(localPort(channel)).isEqualTo(30_000);
                assertThat(ports.usage()).isEmpty();
            }
        });
    }

    private record Usage(int inUse, int waiting) {}

    private static Usage usage(LocalPorts ports) {
        List<DestinationUsage> usage = ports.usage();
        return new Usage(
                usage.stream().mapToInt(DestinationUsage::inUse).sum(),
                usage.stream().mapToInt(DestinationUsage::waiting).sum());
    }

    private static void await(LocalPorts ports, Usage expected) {
        await(ports, expected, Thread::onSpinWait);
    }

    private static void await(LocalPorts ports, Usage expected, Runnable meanwhile) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!usage(ports).equals(expected) && System.nanoTime() - giveUp < 0) {
            meanwhile.run();
        }
        assertThat(usage(ports)).isEqualTo(expected);
    }

    private static LocalPortsBuilder one() {
        return ports(1);
    }

    private static LocalPortsBuilder ten() {
        return ports(10);
    }

    private static LocalPortsBuilder ports(int count) {
        return LocalPorts.builder().range(20_000, 20_000 + count - 1);
    }

    private static List<Integer> ports(int first, int last) {
        var ports = new ArrayList<Integer>();
        for (int port = first; port <= last; port++) {
            ports.add(port);
        }
        return ports;
    }

    private static ServerSocket listener(int port) throws Exception {
        return new ServerSocket(port, 100, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static InetSocketAddress address(ServerSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Another program's connection, which would share its port. */
    private static Socket shared(int port, InetSocketAddress remote) throws Exception {
        var socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(port));
        socket.connect(remote);
        return socket;
    }

    private Bootstrap withHandler(NettyLocalPorts netty) {
        return namespace.bootstrap().handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addFirst(netty.handler());
            }
        });
    }

    private Channel connected(NettyLocalPorts netty, InetSocketAddress remote) throws Exception {
        return done(netty.connect(namespace.bootstrap(), remote));
    }

    private static Channel done(Future<Channel> future) throws Exception {
        assertThat(future.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        return future.sync().getNow();
    }

    private static Throwable failure(Future<Channel> future) throws Exception {
        assertThat(future.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        return future.cause();
    }

    private static int localPort(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private interface Body {
        void run() throws Exception;
    }

    private void inside(Body body) throws Exception {
        Callable<Boolean> call = () -> {
            body.run();
            return true;
        };
        assertThat(namespace.call(call)).isTrue();
    }
}

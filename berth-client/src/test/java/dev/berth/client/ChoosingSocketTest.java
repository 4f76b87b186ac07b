package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.net.PortSet;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A socket that chooses its port is a {@link Socket} like any other: beside each stands a plain one. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Linux has all of 127.0.0.0/8")
class ChoosingSocketTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private LocalPorts ports;
    private Peer peer;

    @BeforeEach
    void listen() throws Exception {
        ports = LocalPorts.builder()
                .range(20_000, 29_999)
                .sources(Apart.address("127.4.0.2"))
                .timeWait(Duration.ZERO)
                .build();
        peer = opened(new Peer("127.4.0.1", 0));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            if (one instanceof Socket socket && !socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            one.close();
        }
        assertThat(ports.usage()).extracting(DestinationUsage::inUse).allMatch(inUse -> inUse == 0);
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private Socket own() throws Exception {
        return opened(peer.accept());
    }

    private Socket connected() throws Exception {
        return opened(ports.connect(peer.address()));
    }

    private static Map<String, @Nullable Object> state(Socket socket) {
        var state = new LinkedHashMap<String, @Nullable Object>();
        state.put("bound", socket.isBound());
        state.put("connected", socket.isConnected());
        state.put("closed", socket.isClosed());
        state.put("input shut down", socket.isInputShutdown());
        state.put("output shut down", socket.isOutputShutdown());
        state.put("remote", socket.getRemoteSocketAddress());
        state.put("address", socket.getInetAddress());
        state.put("port", socket.getPort());
        state.put("has a local port", socket.getLocalPort() > 0);
        state.put("local port", Math.min(0, socket.getLocalPort()));
        state.put("channel", socket.getChannel());
        state.put("text", socket.toString().replaceAll("localport=[1-9]\\d*", "localport=some"));
        return state;
    }

    @Test
    void it_looks_like_a_plain_one_before_and_after_connect_and_close() throws Exception {
        Socket chosen = opened(ports.socket());
        Socket plain = opened(new Socket());
        assertThat(state(chosen)).isEqualTo(state(plain));
        assertThat(chosen.getLocalAddress()).isEqualTo(plain.getLocalAddress());
        assertThat(chosen.getLocalSocketAddress()).isNull();
        assertThat(chosen.supportedOptions()).isEqualTo(plain.supportedOptions());

        chosen.connect(peer.address());
        plain.bind(new InetSocketAddress(Apart.address("127.4.0.2"), 0));
        plain.connect(peer.address());
        assertThat(state(chosen)).isEqualTo(state(plain));
        assertThat(chosen.getLocalPort()).isBetween(20_000, 29_999);
        assertThat(chosen.getLocalSocketAddress()).isEqualTo(Apart.at("127.4.0.2", chosen.getLocalPort()));
        assertThat(own().getRemoteSocketAddress()).isEqualTo(chosen.getLocalSocketAddress());
        assertThatThrownBy(() -> chosen.connect(peer.address()))
                .isInstanceOf(SocketException.class)
                .hasMessageContainingAll(
                        catchThrowable(() -> plain.connect(peer.address())).getMessage());

        for (Socket socket : List.of(chosen, plain)) {
            socket.shutdownInput();
            socket.shutdownOutput();
        }
        assertThat(state(chosen)).isEqualTo(state(plain));
        for (Socket socket : List.of(chosen, plain)) {
            socket.close();
        }
        assertThat(state(chosen)).isEqualTo(state(plain));
        assertThat(chosen.getLocalAddress()).isEqualTo(plain.getLocalAddress());
        for (Socket socket : List.of(chosen, plain)) {
            assertThatThrownBy(socket::getInputStream).hasMessage("Socket is closed");
            assertThatThrownBy(socket::getOutputStream).hasMessage("Socket is closed");
            assertThatThrownBy(() -> socket.connect(peer.address())).hasMessage("Socket is closed");
            assertThatThrownBy(socket::getSoTimeout).hasMessage("Socket is closed");
        }
    }

    @Test
    void a_failed_connect_leaves_it_as_a_plain_one() throws Exception {
        InetSocketAddress nobody = Apart.at("127.4.0.1", 9);
        Socket chosen = opened(ports.socket());
        Socket plain = opened(new Socket());
        for (Socket socket : List.of(chosen, plain)) {
            assertThatThrownBy(() -> socket.connect(nobody)).isInstanceOf(ConnectException.class);
        }
        assertThat(state(chosen)).isEqualTo(state(plain));
        for (Socket socket : List.of(chosen, plain)) {
            assertThatThrownBy(() -> socket.connect(peer.address()))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Socket is closed");
        }
    }

    @Test
    void what_it_is_bound_to_by_the_caller_is_respected() throws Exception {
        Socket socket = opened(ports.socket());
        socket.bind(new InetSocketAddress(Apart.address("127.4.0.3"), 0));
        int port = socket.getLocalPort();
        assertThat(socket.isBound()).isTrue();
        assertThat(port).isPositive();
        socket.connect(peer.address());
        assertThat(socket.getLocalSocketAddress()).isEqualTo(Apart.at("127.4.0.3", port));
        assertThat(own().getPort()).isEqualTo(port);
        assertThat(ports.usage()).isEmpty();
    }

    @Test
    void options_set_before_go_over_to_the_sockets_that_take_its_place() throws Exception {
        for (int port = 20_010; port < 20_019; port++) { // these can be bound, and fail to connect
            Socket other = opened(new Socket());
            other.setReuseAddress(true);
            other.bind(new InetSocketAddress(Apart.address("127.4.0.2"), port));
            other.connect(peer.address());
        }
        var lost = new ArrayList<InetSocketAddress>();
        ports = LocalPorts.builder()
                .ports(PortSet.parse("20010-20019"))
                .sources(Apart.address("127.4.0.2"))
                .timeWait(Duration.ZERO)
                .metrics(new LocalPortMetrics() {
                    @Override
                    public void lostRace(InetSocketAddress destination) {
                        lost.add(destination);
                    }
                })
                .build();
        for (int i = 0; lost.isEmpty(); i++) { // begins anywhere among the ten
            assertThat(i).isLessThan(100);
            Socket chosen = opened(ports.socket());
            Socket plain = opened(new Socket());
            for (Socket socket : List.of(chosen, plain)) {
                socket.setSoTimeout(12_345);
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.setOOBInline(true);
                socket.setSendBufferSize(10_000);
                socket.setReceiveBufferSize(11_000);
                socket.setTrafficClass(0x10);
                socket.setSoLinger(true, 7);
                socket.setSoLinger(false, 0);
                socket.setReuseAddress(true);
                socket.setOption(StandardSocketOptions.TCP_NODELAY, false);
                socket.setTcpNoDelay(true); // the last word counts
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
                socket.setPerformancePreferences(1, 2, 3);
                socket.connect(peer.address());
            }
            assertThat(options(chosen)).isEqualTo(options(plain));
            chosen.setSoLinger(true, 0);
            chosen.close();
        }
        assertThat(lost).containsOnly(peer.address());
    }

    private static Map<String, @Nullable Object> options(Socket socket) throws Exception {
        var options = new LinkedHashMap<String, @Nullable Object>();
        options.put("timeout", socket.getSoTimeout());
        options.put("linger", socket.getSoLinger());
        options.put("OOB inline", socket.getOOBInline());
        options.put("no delay", socket.getTcpNoDelay());
        options.put("keep alive", socket.getKeepAlive());
        options.put("traffic class", socket.getTrafficClass());
        options.put("reuse address", socket.getReuseAddress());
        options.put("send buffer", socket.getSendBufferSize());
        options.put("receive buffer", socket.getReceiveBufferSize());
        for (SocketOption<?> option : socket.supportedOptions()) {
            if (!option.name().equals("SO_INCOMING_NAPI_ID")) { // of the packets, not of the socket
                options.put(option.name(), socket.getOption(option));
            }
        }
        return options;
    }

    @Test
    void bytes_go_both_ways_and_urgent_ones_too() throws Exception {
        Socket socket = connected();
        Socket own = own();
        own.setOOBInline(true);
        socket.getOutputStream().write(new byte[] {1, 2, 3}, 1, 2);
        socket.getOutputStream().write(4);
        socket.sendUrgentData(5);
        assertThat(own.getInputStream().readNBytes(4)).containsExactly(2, 3, 4, 5);

        own.getOutputStream().write(new byte[100_000]);
        own.shutdownOutput();
        InputStream input = socket.getInputStream();
        assertThat(input.read()).isZero();
        Patience.until(() -> input.available() > 0);
        assertThat(input.skip(9)).isEqualTo(9);
        var rest = new ByteArrayOutputStream();
        assertThat(input.transferTo(rest)).isEqualTo(99_990);
        assertThat(rest.size()).isEqualTo(99_990);
        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.read(new byte[1])).isEqualTo(-1);
    }

    @Test
    void a_read_that_times_out_is_no_end() throws Exception {
        Socket socket = connected();
        Socket own = own();
        socket.setSoTimeout(1);
        InputStream input = socket.getInputStream();
        assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> input.transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(socket.isClosed()).isFalse();
        own.getOutputStream().write(42);
        socket.setSoTimeout(0);
        assertThat(input.read()).isEqualTo(42);
    }

    @Test
    void a_close_ends_a_read_and_frees_the_port() throws Exception {
        for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
            Socket socket = connected();
            own();
            var begun = new CountDownLatch(1);
            var failure = new AtomicReference<@Nullable Throwable>();
            Thread reader = kind.start(() -> {
                begun.countDown();
                failure.set(catchThrowable(() -> socket.getInputStream().read()));
            });
            begun.await();
            socket.close();
            reader.join();
            assertThat(failure.get()).isInstanceOf(SocketException.class);
            assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(0);
        }
    }

    @Test
    void an_interrupt_ends_a_virtual_threads_read_closes_the_socket_and_frees_the_port() throws Exception {
        Socket socket = connected();
        own();
        Throwable failure = interrupted(() -> socket.getInputStream().read());
        assertThat(failure).isInstanceOf(SocketException.class).hasMessage("Closed by interrupt");
        assertThat(socket.isClosed()).isTrue();
        assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(0);
    }

    @Test
    void an_interrupt_ends_a_virtual_threads_write_closes_the_socket_and_frees_the_port() throws Exception {
        Socket socket = connected();
        own();
        Throwable failure = interrupted(() -> {
            while (true) {
                socket.getOutputStream().write(new byte[100_000]);
            }
        });
        assertThat(failure).isInstanceOf(SocketException.class).hasMessage("Closed by interrupt");
        assertThat(socket.isClosed()).isTrue();
        assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(0);
    }

    private static @Nullable Throwable interrupted(Apart.Body body) throws Exception {
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread thread = Thread.ofVirtual().start(() -> failure.set(catchThrowable(body::run)));
        thread.interrupt();
        thread.join();
        return failure.get();
    }

    @Test
    void a_socket_that_was_never_connected_can_be_closed() throws Exception {
        Socket socket = ports.socket();
        socket.close();
        assertThat(socket.isClosed()).isTrue();
        assertThat(ports.usage()).isEmpty();
    }

    @Test
    void the_factory_connects_and_leaves_a_local_port_that_is_named_to_the_caller() throws Exception {
        var factory = ports.socketFactory();
        InetSocketAddress remote = peer.address();
        var local = Apart.address("127.4.0.3");
        assertThat(opened(factory.createSocket("127.4.0.1", remote.getPort())).getLocalPort())
                .isBetween(20_000, 29_999);
        assertThat(opened(factory.createSocket(remote.getAddress(), remote.getPort()))
                        .getLocalPort())
                .isBetween(20_000, 29_999);
        Socket unconnected = opened(factory.createSocket());
        assertThat(unconnected.isConnected()).isFalse();
        assertThat(opened(factory.createSocket("127.4.0.1", remote.getPort(), local, 0))
                        .getLocalAddress())
                .isEqualTo(local);
        assertThat(opened(factory.createSocket(remote.getAddress(), remote.getPort(), local, 0))
                        .getLocalAddress())
                .isEqualTo(local);
        assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(2);
        assertThatThrownBy(() -> factory.createSocket("127.4.0.1", 9)).isInstanceOf(ConnectException.class);
    }

    @Test
    void the_factory_chooses_where_no_local_address_and_port_0_are_named() throws Exception {
        var factory = ports.socketFactory();
        InetSocketAddress remote = peer.address();
        for (String none : List.of("", "0.0.0.0", "::")) {
            InetAddress any = none.isEmpty() ? null : Apart.address(none);
            assertThat(opened(factory.createSocket("127.4.0.1", remote.getPort(), any, 0))
                            .getLocalPort())
                    .isBetween(20_000, 29_999);
            assertThat(opened(factory.createSocket(remote.getAddress(), remote.getPort(), any, 0))
                            .getLocalPort())
                    .isBetween(20_000, 29_999);
        }
        assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(6);
    }
}

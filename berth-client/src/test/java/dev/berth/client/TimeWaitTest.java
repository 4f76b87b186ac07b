package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.InputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is exhausted, and when a port is free again: what the library remembers, beside the kernel's own TIME_WAIT. */
class TimeWaitTest {
    private static final int PORT = 20_000;

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger lostRaces = new AtomicInteger();

    private LocalPortsBuilder one() {
        return range(1);
    }

    private LocalPortsBuilder range(int ports) {
        LocalPortsBuilder builder = LocalPorts.builder().range(PORT, PORT + ports - 1);
        builder.clock = clock::get;
        return builder.metrics(new LocalPortMetrics() {
            @Override
            public void lostRace(InetSocketAddress destination) {
                lostRaces.incrementAndGet();
            }
        });
    }

    private static PortsExhaustedException exhausted(LocalPorts ports, SocketAddress remote) {
        return catchThrowableOfType(
                PortsExhaustedException.class, () -> ports.connect(remote).close());
    }

    @Test
    void exhausted_is_said_with_numbers_and_is_a_bind_exception() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = range(3).build();
                var open = new ArrayList<Socket>();
                for (int i = 0; i < 3; i++) {
                    open.add(ports.connect(peer.address()));
                }
                peer.closeAfter(open.get(0));
                clock.addAndGet(TimeUnit.SECONDS.toNanos(2));

                PortsExhaustedException failure = exhausted(ports, peer.address());
                assertThat(failure).isInstanceOf(BindException.class).hasNoCause();
                assertThat(failure)
                        .hasMessage("no local port left for /127.0.0.1:7001: 2 in use, 1 in TIME_WAIT;"
                                + " the next one is free in 60.0 s");
                assertThat(failure.destination()).isEqualTo(peer.address());
                assertThat(failure.inUse()).hasValue(2);
                assertThat(failure.waiting()).hasValue(1);
                assertThat(failure.tried()).isZero();
                assertThat(failure.notTried()).hasValue(0);
                assertThat(failure.earliestFree()).contains(Duration.ofSeconds(60));
                assertThat(ports.usage())
                        .extracting(DestinationUsage::inUse, DestinationUsage::waiting, DestinationUsage::free)
                        .containsExactly(tuple(2, 1, 0));
                for (Socket socket : open) {
                    socket.close();
                }
            }
        });
    }

    @Test
    void a_closed_connection_makes_room_for_another_one() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = range(3).timeWait(Duration.ZERO).build();
                var open = new ArrayList<Socket>();
                for (int i = 0; i < 3; i++) {
                    open.add(ports.connect(peer.address()));
                }
                assertThat(exhausted(ports, peer.address()).earliestFree()).isEmpty();
                int port = open.get(0).getLocalPort();
                peer.closeAfter(open.get(0));

                try (Socket again = ports.connect(peer.address())) {
                    assertThat(again.getLocalPort()).isEqualTo(port);
                }
                for (Socket socket : open) {
                    socket.close();
                }
            }
        });
    }

    @Test
    void when_this_side_closes_first_the_port_waits_and_is_not_even_tried() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001);
                    var other = new Peer("127.0.0.2", 7001)) {
                LocalPorts ports = one().build();
                peer.closeAfter(ports.connect(peer.address()));
                assertThat(Apart.count("06", PORT, 7001)).isEqualTo(1);

                assertThat(exhausted(ports, peer.address()).waiting()).hasValue(1);
                ports.connect(other.address()).close(); // only that four-tuple waits
                clock.addAndGet(TimeUnit.SECONDS.toNanos(62) - 1);
                assertThat(exhausted(ports, peer.address()).waiting()).hasValue(1);
                clock.addAndGet(1);
                ports.connect(peer.address())
                        .close(); // for the kernel it is early, but it lets a port with SO_REUSEADDR
                assertThat(lostRaces).hasValue(0);
            }
        });
    }

    @Test
    void when_the_peer_closed_first_and_that_was_read_the_port_is_free_at_once() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = one().build();
                for (int i = 0; i < 5; i++) {
                    Socket socket = ports.connect(peer.address());
                    peer.closeBefore();
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                    socket.close();
                    assertThat(Apart.count("06", PORT, 7001)).isZero();
                    assertThat(ports.usage()).extracting(DestinationUsage::free).containsExactly(1);
                }
                assertThat(lostRaces).hasValue(0);
            }
        });
    }

    @Test
    void when_nobody_read_that_the_peer_closed_the_port_waits() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = one().build();
                Socket socket = ports.connect(peer.address());
                peer.closeBefore();
                socket.close();
                assertThat(exhausted(ports, peer.address()).waiting()).hasValue(1);
            }
        });
    }

    @Test
    void a_reset_leaves_the_port_free_at_once() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = one().build();
                for (int i = 0; i < 5; i++) {
                    Socket socket = ports.connect(peer.address());
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                assertThat(Apart.count("06", PORT, 7001)).isZero();
                assertThat(lostRaces).hasValue(0);
            }
        });
    }

    @Test
    void a_reset_after_a_half_close_may_find_time_wait_begun_so_the_port_waits() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = one().build();
                Socket socket = ports.connect(peer.address());
                socket.setSoLinger(true, 0);
                socket.shutdownOutput();
                peer.closeBefore();
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
                socket.close();
                assertThat(Apart.count("06", PORT, 7001)).isEqualTo(1);
                assertThat(exhausted(ports, peer.address()).waiting()).hasValue(1);
            }
        });
    }

    @Test
    void after_a_half_close_of_the_peer_the_port_is_free_at_once_and_after_one_of_ours_it_waits() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = one().build();
                Socket socket = ports.connect(peer.address());
                try (Socket own = peer.accept()) {
                    own.shutdownOutput();
                    assertThat(socket.getInputStream().readAllBytes()).isEmpty();
                    socket.getOutputStream().write(1);
                    socket.shutdownOutput();
                    assertThat(own.getInputStream().readAllBytes()).hasSize(1);
                    socket.close();
                }
                assertThat(Apart.count("06", PORT, 7001)).isZero();

                socket = ports.connect(peer.address());
                InputStream input = socket.getInputStream();
                socket.shutdownInput(); // its end of stream is not the peer's
                assertThat(input.read()).isEqualTo(-1);
                peer.closeAfter(socket);
                assertThat(Apart.count("06", PORT, 7001)).isEqualTo(1);
                assertThat(exhausted(ports, peer.address()).waiting()).hasValue(1);
            }
        });
    }

    @Test
    void a_closed_channel_is_noticed_by_the_next_connect_and_its_port_waits() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = one().build();
                ports.connectChannel(peer.address()).close();
                PortsExhaustedException failure = exhausted(ports, peer.address());
                assertThat(failure.waiting()).hasValue(1);
                assertThat(failure.inUse()).hasValue(0);
            }
        });
    }

    @Test
    void reuse_takes_a_port_in_time_wait_over_at_once() throws Exception {
        Apart.run(() -> {
            Apart.set("ipv4/tcp_tw_reuse", "0");
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = one().reuseTimeWait().build();
                for (int i = 0; i < 5; i++) {
                    peer.closeAfter(ports.connect(peer.address()));
                    assertThat(Apart.count("06", PORT, 7001)).isEqualTo(1);
                }
                assertThat(lostRaces).hasValue(0);
            }
        });
    }

    @Test
    void without_timestamps_nothing_is_taken_over_and_the_next_port_is_tried() throws Exception {
        Apart.run(() -> {
            Apart.set("ipv4/tcp_timestamps", "0");
            try (var peer = new Peer("127.0.0.1", 7001)) {
                peer.closeAfter(one().build().connect(peer.address()));

                LocalPorts ports = range(2).reuseTimeWait().build();
                Socket socket = ports.connect(peer.address());
                assertThat(socket.getLocalPort()).isEqualTo(PORT + 1);
                clock.incrementAndGet(); // a port that was lost before is tried again when nothing else is left
                assertThatThrownBy(() -> ports.connect(peer.address()))
                        .isInstanceOf(PortsExhaustedException.class)
                        .hasMessage("no local port left for /127.0.0.1:7001: 1 in use, 0 in TIME_WAIT;"
                                + " 1 tried and held by others, 0 never tried")
                        .cause()
                        .isInstanceOf(BindException.class);
                assertThat(lostRaces.get()).isPositive();
                socket.close();
            }
        });
    }

    @Test
    void a_port_that_is_not_shared_waits_for_everybody() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001);
                    var other = new Peer("127.0.0.2", 7001)) {
                LocalPorts ports = one().sharing(PortSharing.EXCLUSIVE).build();
                Socket socket = ports.connect(peer.address());
                assertThat(exhausted(ports, other.address()).inUse()).hasValue(0);
                peer.closeAfter(socket);
                assertThat(exhausted(ports, other.address()).waiting()).hasValue(1);
                assertThat(lostRaces).hasValue(0);
            }
        });
    }

    @Test
    void a_port_is_free_once_however_often_its_socket_is_closed() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = range(2).timeWait(Duration.ZERO).build();
                Socket one = ports.connect(peer.address());
                Socket two = ports.connect(peer.address());
                one.close();
                one.close();
                one.close();
                assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(1);
                two.close();
                assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(0);
            }
        });
    }
}

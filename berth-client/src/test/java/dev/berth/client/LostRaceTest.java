package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Others on the same ports, addresses that are gone, and what is the caller's affair. */
class LostRaceTest {
    /** The two ways to connect. */
    enum Way {
        SOCKET {
            @Override
            void connect(LocalPorts ports, InetSocketAddress remote) throws IOException {
                ports.connect(remote).close();
            }
        },
        CHANNEL {
            @Override
            void connect(LocalPorts ports, InetSocketAddress remote) throws IOException {
                ports.connectChannel(remote).close();
            }
        };

        abstract void connect(LocalPorts ports, InetSocketAddress remote) throws IOException;
    }

    private final List<AutoCloseable> others = new ArrayList<>();
    private final AtomicInteger lostRaces = new AtomicInteger();
    private final AtomicInteger candidates = new AtomicInteger();

    private LocalPortsBuilder ten() {
        return LocalPorts.builder().range(20_000, 20_009).metrics(new LocalPortMetrics() {
            @Override
            public void lostRace(InetSocketAddress destination) {
                lostRaces.incrementAndGet();
            }

            @Override
            public void connected(InetSocketAddress destination, int tried) {
                candidates.set(tried);
            }
        });
    }

    @AfterEach
    void closeOthers() throws Exception {
        for (AutoCloseable other : others) {
            other.close();
        }
    }

    private void hold(int port) throws IOException {
        var other = new Socket();
        other.setReuseAddress(false);
        other.bind(new InetSocketAddress(port));
        others.add(other);
    }

    @ParameterizedTest
    @EnumSource
    void ports_that_other_programs_hold_are_passed_over(Way way) throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                for (int port = 20_000; port < 20_009; port++) {
                    hold(port);
                }
                LocalPorts ports = ten().build();
                way.connect(ports, peer.address());
                try (Socket own = peer.accept()) {
                    assertThat(own.getPort()).isEqualTo(20_009);
                }
                assertThat(candidates).hasValue(lostRaces.get() + 1);
                assertThat(ports.usage())
                        .extracting(DestinationUsage::lostRaces)
                        .containsExactly((long) lostRaces.get());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void when_the_attempts_are_used_up_it_says_how_many_were_tried_and_never_tried(Way way) throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                for (int port = 20_000; port <= 20_009; port++) {
                    hold(port);
                }
                LocalPorts ports = ten().attempts(3).build();
                assertThatThrownBy(() -> way.connect(ports, peer.address()))
                        .isInstanceOf(PortsExhaustedException.class)
                        .hasMessage("no local port left for /127.0.0.1:7001: 0 in use, 0 in TIME_WAIT;"
                                + " 3 tried and held by others, 7 never tried")
                        .cause()
                        .isInstanceOf(BindException.class);
                assertThat(lostRaces).hasValue(3);
                assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsExactly(0);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_that_came_later_is_passed_over(Way way) throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = ten().build();
                for (int port = 20_001; port <= 20_009; port++) {
                    others.add(new ServerSocket(port)); // with SO_REUSEADDR, as Java's are
                }
                way.connect(ports, peer.address());
                try (Socket own = peer.accept()) {
                    assertThat(own.getPort()).isEqualTo(20_000);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_four_tuple_that_another_program_has_is_passed_over_for_that_destination_only(Way way) throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001);
                    var elsewhere = new Peer("127.0.0.2", 7001)) {
                var source = Apart.address("127.0.0.9");
                for (int port = 20_000; port < 20_010; port++) {
                    var other = new Socket();
                    other.setReuseAddress(true);
                    other.bind(new InetSocketAddress(source, port));
                    other.connect(peer.address());
                    others.add(other);
                }
                LocalPorts ports = ten().sources(source).attempts(4).build();
                assertThatThrownBy(() -> way.connect(ports, peer.address()))
                        .isInstanceOf(PortsExhaustedException.class)
                        .hasMessage("no local port left for /127.0.0.1:7001: 0 in use, 0 in TIME_WAIT;"
                                + " 4 tried and held by others, 6 never tried")
                        .cause()
                        .isInstanceOf(BindException.class);
                way.connect(ports, elsewhere.address());
                assertThat(candidates).hasValue(1);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_source_address_that_went_away_is_said_at_once(Way way) throws Exception {
        Apart.run(() -> {
            Apart.ip("address add 10.7.0.1/32 dev lo");
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = ten().sources(Apart.address("10.7.0.1")).build();
                way.connect(ports, peer.address());
                Apart.ip("address delete 10.7.0.1/32 dev lo");
                assertThatThrownBy(() -> way.connect(ports, peer.address()))
                        .isInstanceOf(NoLocalAddressException.class)
                        .hasMessage("the source address 10.7.0.1 is not one of this host")
                        .cause()
                        .isInstanceOf(BindException.class);
                assertNothingLost(ports);
            }
        });
    }

    @Test
    void a_source_address_is_this_hosts_also_when_no_port_is_left_to_try_it() throws Exception {
        Apart.run(() -> {
            Apart.set("ipv4/ip_local_port_range", "40000 40001");
            var source = Apart.address("127.0.0.1");
            var nobodys = Apart.address("192.0.2.1");
            assertThat(Refusal.isLocal(nobodys)).isFalse();
            try (var one = new DatagramSocket();
                    var other = new DatagramSocket()) {
                assertThat(List.of(one.getLocalPort(), other.getLocalPort())).containsExactlyInAnyOrder(40_000, 40_001);
                assertThat(ten().sources(source).build()).isNotNull();
                assertThat(Refusal.isLocal(nobodys)).isTrue(); // nobody can tell
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_destination_whose_family_this_host_does_not_speak_is_said_at_once(Way way) throws Exception {
        Apart.run(() -> {
            LocalPorts ports = ten().build();
            Apart.set("ipv6/conf/all/disable_ipv6", "1");
            assertThatThrownBy(() -> way.connect(ports, Apart.at("::1", 7001)))
                    .isInstanceOf(NoLocalAddressException.class)
                    .hasMessage("no address of this host can reach /[0:0:0:0:0:0:0:1]:7001")
                    .cause()
                    .isInstanceOf(BindException.class);
            assertNothingLost(ports);
        });
    }

    @Test
    void a_destination_of_a_family_no_source_address_has_is_said_without_a_try() throws Exception {
        LocalPorts ports = ten().sources(Apart.address("127.0.0.1")).build();
        assertThatThrownBy(() -> ports.connect(Apart.at("::1", 7001)))
                .isInstanceOf(NoLocalAddressException.class)
                .hasMessage("no source address given has the family of /[0:0:0:0:0:0:0:1]:7001, or is on its link")
                .hasNoCause();
        assertThat(ports.usage()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refused_and_unreachable_and_timed_out_are_the_callers_and_keep_no_port(Way way) throws Exception {
        Apart.run(() -> {
            Apart.ip("route add blackhole 10.8.0.0/24");
            Apart.ip("route add unreachable 10.8.1.0/24");
            Apart.ip("route add prohibit 10.8.2.0/24");
            LocalPorts ports = ten().build();
            LocalPorts hasty = ten().connectTimeout(Duration.ofMillis(100)).build();
            try (var full = new FullBacklog()) {
                assertThatThrownBy(() -> way.connect(ports, Apart.at("127.0.0.1", 9)))
                        .isExactlyInstanceOf(ConnectException.class);
                assertThatThrownBy(() -> way.connect(hasty, full.address())).isInstanceOf(SocketTimeoutException.class);
                for (String unreachable : List.of("10.8.0.1", "10.8.1.1", "10.9.0.1")) {
                    assertThatThrownBy(() -> way.connect(ports, Apart.at(unreachable, 7001)))
                            .as(unreachable)
                            .isInstanceOf(SocketException.class)
                            .isNotInstanceOf(BindException.class);
                }
                assertNothingLost(hasty);
                assertNothingLost(ports);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_is_forbidden_is_the_callers_and_keeps_no_port(Way way) throws Exception {
        Apart.run(() -> {
            Apart.ip("route add prohibit 10.8.0.1");
            Apart.ip("route add 10.8.0.2 dev lo");
            Apart.ip("rule add ipproto tcp to 10.8.0.2 prohibit"); // what UDP may do tells nothing
            LocalPorts ports = ten().build();
            for (String forbidden : List.of("10.8.0.1", "10.8.0.2")) {
                assertThatThrownBy(() -> way.connect(ports, Apart.at(forbidden, 7001)))
                        .as(forbidden)
                        .isExactlyInstanceOf(BindException.class) // EACCES is one to Java
                        .hasMessageContaining("Permission denied");
            }
            assertNothingLost(ports);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_to_itself_is_refused(Way way) throws Exception {
        Apart.run(() -> {
            Apart.ip("address add 10.7.0.1/32 dev lo");
            LocalPorts ports = LocalPorts.builder().range(20_000, 20_000).build();
            assertThatThrownBy(() -> way.connect(ports, Apart.at("127.0.0.1", 20_000)))
                    .isInstanceOf(PortsExhaustedException.class);
            assertThatThrownBy(() -> way.connect(ports, Apart.at("10.7.0.1", 20_000)))
                    .isExactlyInstanceOf(ConnectException.class)
                    .hasMessage("nobody listens at /10.7.0.1:20000: the connection had reached itself");
            assertThat(Apart.count("01", 20_000, 20_000)).isZero();
            assertThat(Apart.count("06", 20_000, 20_000)).isZero();
            assertNothingLost(ports);
        });
    }

    @Test
    void what_a_failure_means_is_told_by_the_words_of_this_system() throws Exception {
        var taken =
                new BindException("/127.0.0.1:7001: " + takenInThisLanguage()); // as jdk.net.includeInExceptions has it
        Refusal.ofBind(taken, Apart.address("127.0.0.1"));
        Refusal.ofBind(taken, null);
        Refusal.ofConnect(taken, Apart.at("127.0.0.1", 7001));
        var forbidden = new BindException("Keine Berechtigung");
        assertThatThrownBy(() -> Refusal.ofBind(forbidden, null)).isSameAs(forbidden);
        assertThatThrownBy(() -> Refusal.ofConnect(forbidden, Apart.at("127.0.0.1", 7001)))
                .isSameAs(forbidden);
        var refused = new ConnectException("Verbindungsaufbau abgelehnt");
        assertThatThrownBy(() -> Refusal.ofConnect(refused, Apart.at("127.0.0.1", 7001)))
                .isSameAs(refused);
        assertThatThrownBy(() -> Refusal.ofBind(taken, InetAddress.getByName("192.0.2.1")))
                .isInstanceOf(NoLocalAddressException.class)
                .hasCause(taken);
    }

    private static String takenInThisLanguage() throws IOException {
        try (var server = new ServerSocket(0);
                var other = new ServerSocket()) {
            other.bind(server.getLocalSocketAddress());
            throw new AssertionError("two servers on one port");
        } catch (BindException e) {
            return Objects.requireNonNull(e.getMessage());
        }
    }

    private void assertNothingLost(LocalPorts ports) {
        assertThat(lostRaces).hasValue(0);
        assertThat(ports.usage()).extracting(DestinationUsage::inUse).containsOnly(0);
    }
}

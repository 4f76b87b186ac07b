package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Several names for one address share its ports and keep their names; one address on two links is two. */
class SameAddressTest {
    private static final int LINK = 100; // the index of its near end; the far end has the next one
    private static final int OTHER_LINK = 200;

    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

    private LocalPortsBuilder ports(int count) {
        return LocalPorts.builder()
                .range(20_000, 20_000 + count - 1)
                .connectTimeout(Duration.ofSeconds(20))
                .metrics(new LocalPortMetrics() {
                    @Override
                    public void connected(InetSocketAddress destination, int candidates) {
                        told.add("connected " + destination.getHostString());
                    }

                    @Override
                    public void exhausted(PortsExhaustedException failure) {
                        told.add("exhausted " + failure.destination().getHostString());
                    }

                    @Override
                    public void closed(InetSocketAddress destination, boolean waits) {
                        told.add("closed " + destination.getHostString());
                    }
                });
    }

    private static InetSocketAddress named(String name, InetSocketAddress at) throws IOException {
        return new InetSocketAddress(
                InetAddress.getByAddress(name, at.getAddress().getAddress()), at.getPort());
    }

    @Test
    void each_connection_keeps_the_name_it_was_asked_for_by() throws Exception {
        Apart.run(() -> {
            try (var peer = new Peer("127.0.0.1", 7001)) {
                LocalPorts ports = ports(2).build();
                Socket one = ports.connect(named("one.example", peer.address()));
                Socket other = ports.connect(named("other.example", peer.address()));
                assertThat(one.getInetAddress().getHostName()).isEqualTo("one.example");
                assertThat(other.getInetAddress().getHostName()).isEqualTo("other.example");
                assertThatThrownBy(() -> ports.connectChannel(named("third.example", peer.address())))
                        .isInstanceOf(PortsExhaustedException.class)
                        .hasMessageStartingWith("no local port left for third.example/127.0.0.1:7001: 2 in use");
                other.close();
                one.close();
                assertThat(told)
                        .containsExactly(
                                "connected one.example",
                                "connected other.example",
                                "exhausted third.example",
                                "closed other.example",
                                "closed one.example");
                assertThat(ports.usage()).hasSize(1); // their ports are the same
            }
        });
    }

    @Test
    void a_link_local_address_is_another_one_on_another_link() throws Exception {
        Apart.run(() -> {
            twoLinks();
            var overV = new InetSocketAddress(linkLocal("fe80::b", LINK), 7001);
            var overW = new InetSocketAddress(linkLocal("fe80::b", OTHER_LINK), 7001);
            try (var peer = new Peer("fe80::b%" + (LINK + 1), 7001)) { // and nobody on the other link
                LocalPorts any = ports(1).build();
                LocalPorts both = ports(1).sources(linkLocal("fe80::a", LINK), linkLocal("fe80::a", OTHER_LINK))
                        .reuseTimeWait()
                        .build();
                LocalPorts wrong =
                        ports(1).sources(linkLocal("fe80::a", OTHER_LINK)).build();
                for (LocalPorts ports : List.of(any, both)) {
                    Socket connected = ports.connect(overV);
                    peer.accept().close();
                    assertThatThrownBy(() -> ports.connect(overW)).isExactlyInstanceOf(ConnectException.class);
                    connected.close();
                }
                for (int i = 0; i < 4; i++) { // none from the other link
                    both.connect(overV).close();
                    peer.accept().close();
                }
                assertThatThrownBy(() -> wrong.connect(overV)).isInstanceOf(NoLocalAddressException.class);
            }
        });
    }

    private static void twoLinks() throws Exception {
        for (int a : List.of(LINK, OTHER_LINK)) {
            int b = a + 1;
            Apart.ip("link add veth" + a + " index " + a + " type veth peer name veth" + b + " index " + b);
            Apart.ip("address add fe80::a/64 dev veth" + a + " nodad");
            Apart.ip("address add fe80::b/64 dev veth" + b + " nodad");
            Apart.ip("link set veth" + a + " up");
            Apart.ip("link set veth" + b + " up");
        }
    }

    private static InetAddress linkLocal(String address, int link) throws IOException {
        return Inet6Address.getByAddress(null, Apart.address(address).getAddress(), link);
    }
}

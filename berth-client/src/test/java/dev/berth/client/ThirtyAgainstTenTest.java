package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten local ports and three destinations: what the library makes of them, and what a plain bind does. */
class ThirtyAgainstTenTest {
    private interface Connector {
        Closeable connect(SocketAddress remote) throws IOException;
    }

    private final List<Peer> peers = new ArrayList<>();

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource({
        "sockets, 127.0.0.9, 127.0.0.1, 127.0.0.2, 127.0.0.3",
        "channels, 127.0.0.9, 127.0.0.1, 127.0.0.2, 127.0.0.3",
        "sockets, any, 127.0.0.1, 127.0.0.2, 127.0.0.3",
        "channels, any, 127.0.0.1, 127.0.0.2, 127.0.0.3",
        "sockets, fd00::9, fd00::1, fd00::2, ::1",
        "channels, fd00::9, fd00::1, fd00::2, ::1",
        "sockets, any, fd00::1, fd00::2, ::1",
    })
    void ten_ports_carry_thirty_connections_to_three_destinations_and_a_plain_bind_ten(
            String kind, String source, String first, String second, String third) throws Exception {
        Apart.run(() -> {
            Apart.set("ipv4/ip_local_port_range", "40000 40009");
            for (int last : new int[] {1, 2, 9}) {
                Apart.ip("address add fd00::" + last + "/128 dev lo nodad");
            }
            for (String address : List.of(first, second, third)) {
                peers.add(new Peer(address, 7001));
            }
            boolean any = source.equals("any");
            InetAddress from = any ? new InetSocketAddress(0).getAddress() : InetAddress.getByName(source);
            boolean channels = kind.equals("channels");
            int plain = count(
                    channels ? remote -> plainChannel(from, remote) : remote -> plainSocket(from, remote),
                    BindException.class);
            LocalPortsBuilder builder = LocalPorts.builder().range(20_000, 20_009);
            LocalPorts ports = (any ? builder : builder.sources(from)).build();
            int chosen = count(channels ? ports::connectChannel : ports::connect, PortsExhaustedException.class);

            System.out.printf(
                    "10 local ports, 3 destinations, %s from %s: plain bind %d, LocalPorts %d%n",
                    kind, source, plain, chosen);
            assertThat(plain).isEqualTo(10);
            assertThat(chosen).isEqualTo(30);
            for (Peer peer : peers) {
                peer.close();
            }
        });
    }

    /** How many connections are made to the destinations in turn, until none of them can be reached; all are closed again. */
    private int count(Connector connector, Class<? extends IOException> failure) throws IOException {
        var open = new ArrayList<Closeable>();
        var reachable = new ArrayDeque<>(peers);
        while (!reachable.isEmpty()) {
            Peer peer = reachable.removeFirst();
            try {
                open.add(connector.connect(peer.address()));
                peer.accept();
                reachable.addLast(peer);
            } catch (BindException e) {
                assertThatThrownBy(() -> connector.connect(peer.address())).isExactlyInstanceOf(failure);
            }
        }
        for (Closeable connection : open) {
            if (connection instanceof Socket socket) {
                socket.setSoLinger(true, 0);
            } else if (connection instanceof SocketChannel channel) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            connection.close();
        }
        return open.size();
    }

    private static Closeable plainSocket(InetAddress source, SocketAddress remote) throws IOException {
        var socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(remote);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private static Closeable plainChannel(InetAddress source, SocketAddress remote) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(source, 0)).connect(remote);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return channel;
    }
}

package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.linux.PrivateNamespace;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten local ports and three destinations: what the library makes of them, and what a plain bind does. */
class ThirtyAgainstTenTest {
    private final List<AutoCloseable> open = new ArrayList<>();

    @Test
    void ten_ports_carry_thirty_connections_to_three_destinations_and_a_plain_bind_ten() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40009");
            namespace.call(() -> {
                List<InetSocketAddress> destinations = List.of(listen(1), listen(2), listen(3));
                assertThat(plain(destinations)).isEqualTo(10);
                assertThat(chosen(destinations)).isEqualTo(30);
                for (AutoCloseable socket : open) {
                    socket.close();
                }
                return null;
            });
        }
    }

    private InetSocketAddress listen(int last) throws Exception {
        var server = new ServerSocket(7000 + last, 100, InetAddress.getByName("127.0.0." + last));
        open.add(server);
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private int plain(List<InetSocketAddress> destinations) throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            while (true) {
                var socket = new Socket();
                sockets.add(socket);
                socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.9"), 0));
                socket.connect(destinations.get(sockets.size() % destinations.size()));
            }
        } catch (BindException e) {
            int connected = sockets.size() - 1;
            for (Socket socket : sockets) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            return connected;
        }
    }

    private int chosen(List<InetSocketAddress> destinations) throws Exception {
        LocalPorts ports = LocalPorts.builder()
                .range(20_000, 20_009)
                .sources(InetAddress.getByName("127.0.0.9"))
                .build();
        int connected = 0;
        for (InetSocketAddress destination : destinations) {
            for (int i = 0; i < 10; i++) {
                open.add(ports.connect(destination));
                connected++;
            }
            assertThatThrownBy(() -> ports.connect(destination)).isInstanceOf(PortsExhaustedException.class);
        }
        return connected;
    }
}

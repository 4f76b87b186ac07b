package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.client.servers.Nginx;
import dev.berth.net.PortRange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every HTTP client with chosen ports owes its user, against a real server. */
@Timeout(60)
public abstract class HttpClientContract {
    private static Nginx nginx;
    private static int given; // of the range, to the tests before: what they closed may not be gone yet

    private int first; // of the ports of this test

    /** A client, as the test needs it. */
    public interface Web extends AutoCloseable {
        /** The body of the answer; fails with what a caller of the client sees, not repeated by the client. */
        String get(URI uri) throws Exception;

        @Override
        void close() throws IOException;
    }

    /** A client that trusts the server. */
    protected abstract Web open(LocalPorts ports, Nginx server) throws Exception;

    /** 100 ports that no other class has. */
    protected abstract PortRange range();

    @BeforeAll
    static void start() throws Exception {
        nginx = Nginx.start();
        given = 0;
    }

    @AfterAll
    static void stop() throws Exception {
        nginx.close();
    }

    protected static Nginx nginx() {
        return nginx;
    }

    private LocalPortsBuilder ports(int count) {
        first = range().first() + given;
        given += count;
        return LocalPorts.builder().range(first, first + count - 1);
    }

    private Web open(LocalPorts ports) throws Exception {
        return open(ports, nginx);
    }

    private static int port(Web web, URI uri) throws Exception {
        return Nginx.port(web.get(uri));
    }

    @Test
    void the_server_sees_a_chosen_port_by_http_and_by_https() throws Exception {
        try (var web = open(ports(16).build())) {
            assertThat(port(web, nginx.httpUri("/peer"))).isBetween(first, first + 15);
            assertThat(port(web, nginx.httpsUri("/peer"))).isBetween(first, first + 15);
        }
    }

    @Test
    void many_requests_over_a_kept_connection_take_one_port() throws Exception {
        LocalPorts ports = ports(16).build();
        var seen = new HashSet<Integer>();
        try (var web = open(ports)) {
            for (int i = 0; i < 100; i++) {
                seen.add(port(web, nginx.httpUri("/peer")));
            }
            assertThat(seen).hasSize(1);
            assertThat(usage(ports, nginx.http()).inUse()).isEqualTo(1);
        }
    }

    @Test
    void one_port_serves_two_destinations_at_once() throws Exception {
        try (var web = open(ports(1).build())) {
            for (int i = 0; i < 3; i++) {
                assertThat(port(web, nginx.httpUri("/peer"))).isEqualTo(first);
                assertThat(port(web, nginx.httpsUri("/peer"))).isEqualTo(first);
            }
        }
    }

    @Test
    void when_all_ports_are_taken_the_caller_learns_that_and_later_gets_one_that_is_free() throws Exception {
        LocalPorts ports = ports(2).reuseTimeWait().build();
        try (var web = open(ports);
                var first = ports.connect(nginx.http())) {
            int freed;
            try (var second = ports.connect(nginx.http())) {
                freed = second.getLocalPort();
                assertThat(exhausted(web, nginx.http()).inUse()).hasValue(2);
                second.setSoLinger(true, 0); // gone at once, on both sides
            }
            assertThat(port(web, nginx.httpUri("/peer"))).isEqualTo(freed).isNotEqualTo(first.getLocalPort());
        }
    }

    @Test
    void the_port_of_a_closed_connection_is_held_back_towards_its_destination() throws Exception {
        LocalPorts ports = ports(1).build();
        try (var web = open(ports)) {
            assertThat(port(web, nginx.httpUri("/peer"))).isEqualTo(first);
        }
        try (var web = open(ports)) {
            assertThat(exhausted(web, nginx.http()).waiting()).hasValue(1);
            assertThat(port(web, nginx.httpsUri("/peer"))).isEqualTo(first);
        }
    }

    private static PortsExhaustedException exhausted(Web web, InetSocketAddress destination) {
        List<Throwable> causes = causes(catchThrowable(() -> web.get(nginx.httpUri("/peer"))));
        assertThat(causes).hasAtLeastOneElementOfType(PortsExhaustedException.class);
        var exhausted = (PortsExhaustedException) causes.getLast();
        assertThat(exhausted.destination()).isEqualTo(destination);
        return exhausted;
    }

    private static List<Throwable> causes(Throwable thrown) {
        var causes = new ArrayList<Throwable>();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    @Test
    void a_few_ports_do_for_many_connections_where_nothing_is_held_back() throws Exception {
        LocalPorts ports = ports(8).reuseTimeWait().build();
        try (var web = open(ports)) {
            for (int i = 0; i < 50; i++) {
                assertThat(port(web, nginx.httpUri("/last"))).isBetween(first, first + 7);
            }
        }
    }

    @Test
    void a_port_that_a_server_took_meanwhile_is_passed_over() throws Exception {
        LocalPorts ports = ports(2).build();
        try (var server = new ServerSocket(first, 1, InetAddress.getLoopbackAddress());
                var web = open(ports)) {
            assertThat(port(web, nginx.httpUri("/peer"))).isEqualTo(server.getLocalPort() + 1);
            assertThat(port(web, nginx.httpsUri("/peer"))).isEqualTo(server.getLocalPort() + 1);
        }
    }

    @Test
    void a_four_tuple_that_somebody_has_is_passed_over() throws Exception {
        four_tuples_that_somebody_has_are_passed_over(ports(10));
        four_tuples_that_somebody_has_are_passed_over(
                ports(10).sources(nginx.http().getAddress()));
    }

    private void four_tuples_that_somebody_has_are_passed_over(LocalPortsBuilder ports) throws Exception {
        var taken = new ArrayList<Socket>();
        try (var web = open(ports.build())) {
            for (int port = first; port < first + 9; port++) {
                var socket = new Socket();
                taken.add(socket);
                socket.setReuseAddress(true); // so it fails at connect, not at bind
                socket.setSoLinger(true, 0);
                socket.bind(new InetSocketAddress(nginx.http().getAddress(), port));
                socket.connect(nginx.http());
            }
            assertThat(port(web, nginx.httpUri("/peer"))).isEqualTo(first + 9);
        } finally {
            for (Socket socket : taken) {
                socket.close();
            }
        }
    }

    @Test
    void a_refused_connection_keeps_no_port_and_is_not_tried_from_another() throws Exception {
        var lostRaces = new ArrayList<InetSocketAddress>();
        LocalPorts ports = ports(2).metrics(new LocalPortMetrics() {
                    @Override
                    public void lostRace(InetSocketAddress destination) {
                        lostRaces.add(destination);
                    }
                })
                .build();
        InetSocketAddress nobody = nobodyListens();
        try (var web = open(ports)) {
            for (int i = 0; i < 5; i++) {
                assertThat(causes(catchThrowable(() -> web.get(URI.create("http://127.0.0.1:" + nobody.getPort())))))
                        .hasAtLeastOneElementOfType(ConnectException.class);
            }
        }
        DestinationUsage usage = usage(ports, nobody);
        assertThat(usage.inUse() + usage.waiting()).isZero();
        assertThat(lostRaces).isEmpty();
    }

    private static InetSocketAddress nobodyListens() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) server.getLocalSocketAddress();
        }
    }

    @Test
    void a_closed_client_keeps_no_port_in_use() throws Exception {
        LocalPorts ports = ports(16).build();
        try (var web = open(ports)) {
            web.get(nginx.httpUri("/peer"));
            web.get(nginx.httpsUri("/peer"));
        }
        assertThat(usage(ports, nginx.http()).inUse()).isZero();
        assertThat(usage(ports, nginx.http()).waiting()).isEqualTo(1);
        assertThat(usage(ports, nginx.https()).inUse()).isZero();
    }

    /** What the ports know of a destination; nothing is taken before the first connection. */
    protected static DestinationUsage usage(LocalPorts ports, InetSocketAddress destination) {
        return ports.usage().stream()
                .filter(usage -> usage.destination().equals(destination))
                .findFirst()
                .orElse(new DestinationUsage(destination, 0, 0, 1, 0, 0));
    }
}

package dev.berth.client.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.client.DestinationUsage;
import dev.berth.client.LocalPorts;
import dev.berth.client.LocalPortsBuilder;
import dev.berth.client.PortOrder;
import dev.berth.client.PortsExhaustedException;
import dev.berth.client.servers.Nginx;
import dev.berth.linux.PrivateNamespace;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.RoundRobinConnectionPool;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jetty's HTTP client from chosen ports, in a namespace of its own, against nginx and plain listeners. */
class LocalPortsConnectorTest {
    private final List<HttpClient> clients = new ArrayList<>();
    private PrivateNamespace namespace;

    @BeforeEach
    void open() throws Exception {
        namespace = PrivateNamespace.open();
    }

    @AfterEach
    void close() throws Exception {
        for (HttpClient client : clients) {
            client.stop();
        }
        namespace.close();
    }

    @Test
    void a_server_sees_the_chosen_ports_and_every_destination_gets_all_of_them() throws Exception {
        inside(() -> {
            LocalPorts ports = ten().build();
            var transport = new HttpClientTransportOverHTTP(new LocalPortsConnector(ports));
            transport.setConnectionPoolFactory(destination -> new RoundRobinConnectionPool(destination, 10));
            HttpClient client = started(new HttpClient(transport));
            try (Nginx first = Nginx.start();
                    Nginx second = Nginx.start();
                    Nginx third = Nginx.start()) {
                for (Nginx server : List.of(first, second, third)) {
                    client.resolveDestination(client.newRequest(server.httpUri("/")))
                            .getConnectionPool()
                            .preCreateConnections(10)
                            .get(10, TimeUnit.SECONDS);
                    Set<Integer> seen = new HashSet<>();
                    for (int i = 0; i < 10; i++) {
                        seen.add(Nginx.port(get(client, server.httpUri("/peer"))));
                    }
                    assertThat(seen)
                            .containsExactlyInAnyOrderElementsOf(
                                    IntStream.range(20_000, 20_010).boxed().toList());
                    assertThat(failure(client(new LocalPortsConnector(ports)), server.httpUri("/")))
                            .isInstanceOf(PortsExhaustedException.class)
                            .hasMessageContaining("10 in use");
                }
            }
        });
    }

    @Test
    void tls_goes_over_it() throws Exception {
        inside(() -> {
            var connector = new LocalPortsConnector(one().build());
            try (Nginx server = Nginx.start()) {
                var tls = new SslContextFactory.Client();
                tls.setSslContext(server.sslContext());
                connector.setSslContextFactory(tls);
                HttpClient client = client(connector);
                assertThat(Nginx.port(get(client, server.httpsUri("/peer")))).isEqualTo(20_000);
            }
        });
    }

    @Test
    void a_port_waits_when_this_side_closed_first_and_is_free_at_once_when_the_server_did() throws Exception {
        inside(() -> {
            LocalPorts ports = one().build();
            try (var server = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"))) {
                HttpClient client = client(new LocalPortsConnector(ports));
                for (int i = 0; i < 50; i++) { // to ask for the usage must not end the lease as of this side
                    try (Socket accepted = answered(client, server)) {
                        assertThat(accepted.getPort()).isEqualTo(20_000);
                    }
                    await(ports, new Usage(0, 0));
                }
                try (Socket accepted = answered(client, server)) {
                    client.stop();
                    await(ports, new Usage(0, 1));
                    assertThat(accepted.getInputStream().read()).isNegative();
                }
            }
        });
    }

    @Test
    void a_port_somebody_has_is_passed_over_at_bind_and_at_connect() throws Exception {
        inside(() -> {
            LocalPorts ports = ten().order(PortOrder.SEQUENTIAL).build();
            var taken = new ArrayList<Socket>();
            try (Nginx server = Nginx.start()) {
                for (int port = 20_000; port < 20_009; port++) {
                    var socket = new Socket();
                    taken.add(socket);
                    boolean shares = port % 2 == 0;
                    socket.setReuseAddress(shares);
                    socket.bind(new InetSocketAddress(port));
                    if (shares) {
                        socket.connect(server.http());
                    }
                }
                HttpClient client = client(new LocalPortsConnector(ports));
                assertThat(Nginx.port(get(client, server.httpUri("/peer")))).isEqualTo(20_009);
                assertThat(failure(client(new LocalPortsConnector(ports)), server.httpUri("/")))
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
    void a_refused_connect_takes_no_port() throws Exception {
        inside(() -> {
            LocalPorts ports = one().build();
            HttpClient client = client(new LocalPortsConnector(ports));
            for (int i = 0; i < 3; i++) {
                assertThat(failure(client, URI.create("http://127.0.0.1:9/"))).isInstanceOf(ConnectException.class);
                await(ports, new Usage(0, 0));
            }
        });
    }

    @Test
    void a_connect_that_timed_out_or_was_stopped_takes_no_port() throws Exception {
        inside(() -> {
            URI silent = silent();
            LocalPorts ports = ten().build();
            var hasty = new LocalPortsConnector(ports);
            hasty.setConnectTimeout(Duration.ofMillis(50));
            assertThat(failure(client(hasty), silent)).isInstanceOf(SocketTimeoutException.class);
            await(ports, new Usage(0, 0));

            HttpClient stopped = client(new LocalPortsConnector(ports));
            stopped.newRequest(silent).send(result -> {});
            await(ports, new Usage(1, 0));
            stopped.stop();
            await(ports, new Usage(0, 0));
        });
    }

    @Test
    void a_connect_that_comes_to_a_stopped_selector_fails_and_takes_no_port() throws Exception {
        inside(() -> {
            var silent = new InetSocketAddress(silent().getHost(), 80);
            LocalPorts ports = one().build();
            var connector = new LocalPortsConnector(ports);
            var chosen = new CountDownLatch(1);
            connector.setScheduler(new ScheduledExecutorScheduler() {
                @Override
                public Task schedule(Runnable timeout, long delay, TimeUnit unit) {
                    ManagedSelector selector = connector.getSelectorManager().getBean(ManagedSelector.class);
                    chosen.countDown(); // and the connect is not in it yet
                    while (selector.getSelector() != null) {
                        Thread.onSpinWait();
                    }
                    return () -> true;
                }
            });
            var connection = new Promise.Completable<Connection>();
            Map<String, Object> context = new HashMap<>();
            context.put(Transport.CONTEXT_KEY, Transport.TCP_IP);
            context.put(ClientConnector.CONNECTION_PROMISE_CONTEXT_KEY, connection);
            connector.start();
            connector.getExecutor().execute(() -> connector.connect(silent, context));
            chosen.await();
            assertThat(usage(ports)).isEqualTo(new Usage(1, 0));
            connector.stop();
            assertThat(connection)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(ClosedChannelException.class);
            assertThat(usage(ports)).isEqualTo(new Usage(0, 0));
        });
    }

    @Test
    void every_address_of_a_name_is_tried() throws Exception {
        inside(() -> {
            LocalPorts ports = one().build();
            HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(new LocalPortsConnector(ports)));
            try (Nginx server = Nginx.start()) {
                List<InetSocketAddress> addresses =
                        List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.77"), 9), server.http());
                client.setSocketAddressResolver(new SocketAddressResolver() {
                    @Override
                    public void resolve(
                            String host,
                            int port,
                            Map<String, Object> context,
                            Promise<List<InetSocketAddress>> promise) {
                        promise.succeeded(addresses);
                    }
                });
                started(client);
                assertThat(Nginx.port(get(client, URI.create("http://two.test/peer"))))
                        .isEqualTo(20_000);
                assertThat(usage(ports)).isEqualTo(new Usage(1, 0));
            }
        });
    }

    @Test
    void a_connection_that_reached_itself_is_refused() throws Exception {
        namespace.set("ipv4/ip_local_port_range", "40000 40000");
        inside(() -> {
            HttpClient client =
                    client(new LocalPortsConnector(LocalPorts.builder().polite().build()));
            assertThat(failure(client, URI.create("http://127.0.0.1:40000/")))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("reached itself");
        });
    }

    @Test
    void a_bind_address_goes_before() throws Exception {
        inside(() -> {
            LocalPorts ports = one().build();
            var connector = new LocalPortsConnector(ports);
            connector.setBindAddress(new InetSocketAddress(30_000));
            try (Nginx server = Nginx.start()) {
                assertThat(Nginx.port(get(client(connector), server.httpUri("/peer"))))
                        .isEqualTo(30_000);
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
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!usage(ports).equals(expected) && System.nanoTime() - giveUp < 0) {
            Thread.onSpinWait();
        }
        assertThat(usage(ports)).isEqualTo(expected);
    }

    private static LocalPortsBuilder one() {
        return LocalPorts.builder().range(20_000, 20_000);
    }

    private static LocalPortsBuilder ten() {
        return LocalPorts.builder().range(20_000, 20_009);
    }

    private HttpClient client(ClientConnector connector) throws Exception {
        return started(new HttpClient(new HttpClientTransportOverHTTP(connector)));
    }

    private HttpClient started(HttpClient client) throws Exception {
        clients.add(client);
        client.start();
        return client;
    }

    private static String get(HttpClient client, URI uri) throws Exception {
        ContentResponse response =
                client.newRequest(uri).timeout(10, TimeUnit.SECONDS).send();
        assertThat(response.getStatus()).isEqualTo(200);
        return response.getContentAsString();
    }

    private static @Nullable Throwable failure(HttpClient client, URI uri) {
        return catchThrowable(() -> get(client, uri)).getCause();
    }

    private static URI http(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private static URI silent() throws Exception {
        run("ip", "address", "add", "10.99.0.1/32", "dev", "lo");
        run("ip", "route", "add", "10.99.0.0/24", "dev", "lo", "src", "10.99.0.1"); // not ours, so lo drops it
        return URI.create("http://10.99.0.2/");
    }

    /** A connection that has served a request, and is kept by the client. */
    private static Socket answered(HttpClient client, ServerSocket server) throws Exception {
        CompletableFuture<ContentResponse> response =
                new CompletableResponseListener(client.newRequest(http(server))).send();
        Socket accepted = server.accept();
        var in = accepted.getInputStream();
        for (int line = 0; line != 2; ) { // an empty line ends the request
            int read = in.read();
            line = read == '\n' ? line + 1 : read == '\r' ? line : 0;
        }
        accepted.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(response.get(10, TimeUnit.SECONDS).getStatus()).isEqualTo(200);
        return accepted;
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private interface Body {
        void run() throws Exception;
    }

    private void inside(Body body) throws Exception {
        namespace.call(() -> {
            body.run();
            return true;
        });
    }
}

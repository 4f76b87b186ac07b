package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.servers.Nginx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS over sockets with chosen ports, for those who want an {@link SSLSocketFactory}. */
@Timeout(60)
class TlsOverChosenPortsTest {
    private static final int FIRST = 21_300;
    private static final int LAST = 21_315;

    private static Nginx nginx;

    private final LocalPorts ports =
            LocalPorts.builder().range(FIRST, LAST).reuseTimeWait().build();
    private SSLSocketFactory factory;

    @BeforeAll
    static void start() throws Exception {
        nginx = Nginx.start();
    }

    @BeforeEach
    void makeFactory() {
        factory = ports.sslSocketFactory(nginx.sslContext().getSocketFactory());
    }

    @AfterAll
    static void stop() throws Exception {
        nginx.close();
    }

    private static SSLSocket verified(Socket socket) {
        var tls = (SSLSocket) socket;
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        return tls;
    }

    private static String get(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** Its address, under another name. */
    private static InetSocketAddress server(String name) throws IOException {
        byte[] address = nginx.https().getAddress().getAddress();
        return new InetSocketAddress(
                InetAddress.getByAddress(name, address), nginx.https().getPort());
    }

    @Test
    void the_server_sees_a_chosen_port() throws Exception {
        try (var socket =
                verified(factory.createSocket("localhost", nginx.https().getPort()))) {
            assertThat(Nginx.port(get(socket, "/peer")))
                    .isEqualTo(socket.getLocalPort())
                    .isBetween(FIRST, LAST);
        }
    }

    @Test
    void tls_goes_over_a_socket_that_is_connected_already() throws Exception {
        Socket plain = ports.connect(nginx.https());
        try (var socket =
                verified(factory.createSocket(plain, "localhost", nginx.https().getPort(), true))) {
            assertThat(Nginx.port(get(socket, "/peer"))).isEqualTo(plain.getLocalPort());
        }
        assertThat(plain.isClosed()).isTrue();
        assertThat(inUse()).isZero();
    }

    @Test
    void a_socket_that_is_connected_later_chooses_then() throws Exception {
        try (var socket = verified(factory.createSocket())) {
            assertThat(socket.isConnected()).isFalse();
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            var handshake = new CompletableFuture<String>();
            socket.addHandshakeCompletedListener(
                    event -> handshake.complete(event.getSession().getProtocol()));
            socket.connect(server("localhost"), 10_000);
            assertThat(socket.getSoTimeout()).isEqualTo(10_000);
            assertThat(Nginx.port(get(socket, "/peer")))
                    .isEqualTo(socket.getLocalPort())
                    .isBetween(FIRST, LAST);
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(handshake.join()).isEqualTo("TLSv1.2");
            assertThat(socket.getRemoteSocketAddress()).isEqualTo(nginx.https());
            assertThat(inUse()).isEqualTo(1);
        }
        assertThat(inUse()).isZero();
    }

    @Test
    void the_server_is_asked_for_the_name_the_caller_gave() throws Exception {
        try (var atOnce = factory.createSocket(
                        server("berth.example").getAddress(), nginx.https().getPort());
                var later = factory.createSocket();
                var byAddress = factory.createSocket()) {
            assertThat(get(atOnce, "/name")).isEqualTo("berth.example");
            later.connect(server("berth.example"));
            assertThat(get(later, "/name")).isEqualTo("berth.example");
            byAddress.connect(nginx.https());
            assertThat(get(byAddress, "/name")).isEmpty();
        }
    }

    @Test
    void a_server_that_cannot_prove_its_name_is_refused_and_the_port_given_back() throws Exception {
        try (var atOnce = verified(factory.createSocket(
                        server("berth.example").getAddress(), nginx.https().getPort()));
                var later = verified(factory.createSocket())) {
            assertThatThrownBy(atOnce::startHandshake).isInstanceOf(SSLHandshakeException.class);
            later.connect(server("berth.example"));
            assertThatThrownBy(later::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
        assertThat(inUse()).isZero();
    }

    @Test
    void a_failed_connect_keeps_no_port() throws Exception {
        int nobody;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = server.getLocalPort();
        }
        assertThatThrownBy(() -> factory.createSocket("127.0.0.1", nobody)).isInstanceOf(ConnectException.class);
        try (var later = factory.createSocket()) {
            assertThatThrownBy(() -> later.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody)))
                    .isInstanceOf(ConnectException.class);
            assertThat(later.isConnected()).isFalse();
        }
        assertThat(inUse()).isZero();
    }

    @Test
    void https_url_connections_use_chosen_ports() throws Exception {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            var connection = open("https://localhost:");
            seen.add(Nginx.port(text(connection)));
        }
        assertThat(seen).hasSize(1).allMatch(port -> port >= FIRST && port <= LAST);
    }

    private HttpsURLConnection open(String address) throws IOException {
        var uri = URI.create(address + nginx.https().getPort() + "/peer");
        var connection = (HttpsURLConnection) uri.toURL().openConnection();
        connection.setSSLSocketFactory(factory);
        return connection;
    }

    private static String text(HttpsURLConnection connection) throws IOException {
        try (var body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void nothing_is_said_before_the_connection_is_there() throws Exception {
        try (var socket = (SSLSocket) factory.createSocket()) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
            assertThatThrownBy(socket::getOutputStream).isInstanceOf(IOException.class);
        }
    }

    private int inUse() {
        return ports.usage().stream().mapToInt(DestinationUsage::inUse).sum();
    }
}

package dev.berth.client.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NginxTest {
    @Test
    void it_answers_by_http_and_by_http2_over_tls() throws Exception {
        try (var nginx = Nginx.start();
                var client =
                        HttpClient.newBuilder().sslContext(nginx.sslContext()).build()) {
            assertThat(get(client, nginx.httpUri("/"))).isEqualTo("HTTP_1_1 hello\n");
            assertThat(get(client, nginx.httpsUri("/"))).isEqualTo("HTTP_2 hello\n");
            assertThat(get(client, nginx.httpUri("/peer"))).startsWith("HTTP_1_1 127.0.0.1:");
        }
    }

    private static String get(HttpClient client, URI uri) throws Exception {
        var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return answer.version() + " " + answer.body();
    }

    @Test
    void it_lives_in_a_private_namespace_and_sees_the_clients_port() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.call(() -> {
                try (var nginx = Nginx.start(InetAddress.getByName("127.0.0.2"), false);
                        var socket = new Socket(
                                nginx.http().getAddress(), nginx.http().getPort())) {
                    String request = "GET /peer HTTP/1.1\r\nHost: x\r\n\r\n";
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    InputStream answer = socket.getInputStream();
                    String text = new String(answer.readAllBytes(), StandardCharsets.US_ASCII); // it closes first
                    assertThat(Nginx.port(text)).isEqualTo(socket.getLocalPort());
                }
                return null;
            });
        }
    }
}

package dev.berth.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.HttpClientContract;
import dev.berth.client.LocalPorts;
import dev.berth.client.servers.Nginx;
import dev.berth.net.PortRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class OkHttpLocalPortsTest extends HttpClientContract {
    @Override
    protected PortRange range() {
        return new PortRange(21_000, 21_099);
    }

    @Override
    protected Web open(LocalPorts ports, Nginx server) {
        OkHttpClient client = trusting(server, OkHttpLocalPorts.builder(ports)).build();
        return new Web() {
            @Override
            public String get(URI uri) throws Exception {
                return OkHttpLocalPortsTest.get(client, uri);
            }

            @Override
            public void close() {
                end(client);
            }
        };
    }

    private static OkHttpClient.Builder trusting(Nginx server, OkHttpClient.Builder builder) {
        return builder.sslSocketFactory(server.sslContext().getSocketFactory(), server.trustManager());
    }

    private static String get(OkHttpClient client, URI uri) throws Exception {
        try (var answer = client.newCall(request(uri)).execute()) {
            return answer.body().string();
        }
    }

    private static Request request(URI uri) {
        return new Request.Builder().url(uri.toString()).build();
    }

    private static void end(OkHttpClient client) {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private LocalPorts ports() {
        return LocalPorts.builder().range(range().first(), range().last()).build();
    }

    @Test
    void http2_carries_many_requests_at_once_over_one_port() throws Exception {
        OkHttpClient client =
                trusting(nginx(), OkHttpLocalPorts.builder(ports())).build();
        try {
            try (var answer = client.newCall(request(nginx().httpsUri("/peer"))).execute()) {
                assertThat(answer.protocol()).isEqualTo(Protocol.HTTP_2);
            }
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return get(client, nginx().httpsUri("/peer"));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        } finally {
            end(client);
        }
    }

    @Test
    void a_client_made_from_another_uses_none_of_its_connections() throws Exception {
        OkHttpClient plain = new OkHttpClient();
        OkHttpClient chosen = OkHttpLocalPorts.builder(plain, ports()).build();
        try {
            assertThat(Nginx.port(get(plain, nginx().httpUri("/peer")))).isGreaterThan(range().last());
            assertThat(Nginx.port(get(chosen, nginx().httpUri("/peer")))).isBetween(range().first(), range().last());
        } finally {
            end(plain);
            end(chosen);
        }
    }

    /** The first address never answers, so the second one wins 250 ms later and the first connect is cancelled. */
    @Test
    void a_connect_that_lost_against_a_faster_address_keeps_no_port() throws Exception {
        LocalPorts ports = ports();
        InetAddress silent = InetAddress.getByName("127.0.0.2");
        int port = nginx().http().getPort();
        var cancelled = new CompletableFuture<InetSocketAddress>();
        OkHttpClient client = OkHttpLocalPorts.builder(ports)
                .dns(name -> List.of(silent, nginx().http().getAddress()))
                .eventListener(new EventListener() {
                    @Override
                    public void connectFailed(
                            Call call, InetSocketAddress address, Proxy proxy, Protocol protocol, IOException reason) {
                        cancelled.complete(address);
                    }
                })
                .build();
        try (var server = new ServerSocket(port, 1, silent);
                var first = new Socket(silent, port);
                var second = new Socket(silent, port)) { // the backlog is full: the next SYN is dropped
            assertThat(first.isConnected() && second.isConnected() && server.isBound())
                    .isTrue();
            assertThat(Nginx.port(get(client, URI.create("http://two.example:" + port + "/peer"))))
                    .isBetween(range().first(), range().last());
            InetSocketAddress loser = cancelled.join();
            assertThat(loser.getAddress()).isEqualTo(silent);
            assertThat(usage(ports, loser).inUse() + usage(ports, loser).waiting())
                    .isZero();
        } finally {
            end(client);
        }
    }
}

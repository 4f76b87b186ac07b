package dev.berth.client.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.DestinationUsage;
import dev.berth.client.FullBacklog;
import dev.berth.client.HttpClientContract;
import dev.berth.client.LocalPorts;
import dev.berth.client.servers.Nginx;
import dev.berth.net.PortRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

class AsyncLocalPortsTest extends HttpClientContract {
    @Override
    protected PortRange range() {
        return new PortRange(21_200, 21_299);
    }

    @Override
    protected Web open(LocalPorts ports, Nginx server) {
        CloseableHttpAsyncClient client = AsyncLocalPorts.client(ports)
                .disableAutomaticRetries()
                .setConnectionManager(AsyncLocalPorts.connectionManager(ports)
                        .setTlsStrategy(new DefaultClientTlsStrategy(server.sslContext()))
                        .setMaxConnPerRoute(1) // an answer is there a moment before its connection is free again
                        .build())
                .build();
        client.start();
        return new Web() {
            @Override
            public String get(URI uri) throws Exception {
                SimpleHttpRequest request = SimpleRequestBuilder.get(uri).build();
                try {
                    return client.execute(request, null).get().getBodyText();
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }

            @Override
            public void close() {
                client.close(CloseMode.GRACEFUL);
            }
        };
    }

    @Test
    void http2_is_spoken_where_the_server_does() throws Exception {
        try (var client = AsyncLocalPorts.client(ports())
                .setConnectionManager(AsyncLocalPorts.connectionManager(ports())
                        .setTlsStrategy(new DefaultClientTlsStrategy(nginx().sslContext()))
                        .build())
                .build()) {
            client.start();
            var request = SimpleRequestBuilder.get(nginx().httpsUri("/peer")).build();
            SimpleHttpResponse answer = client.execute(request, null).get();
            assertThat(answer.getVersion()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(Nginx.port(answer.getBodyText())).isBetween(range().first(), range().last());
        }
    }

    @Test
    void a_connect_that_takes_too_long_keeps_no_port() throws Exception {
        LocalPorts ports = ports();
        try (var full = new FullBacklog();
                var client = AsyncLocalPorts.client(ports)
                        .setConnectionManager(AsyncLocalPorts.connectionManager(ports)
                                .setDefaultConnectionConfig(ConnectionConfig.custom()
                                        .setConnectTimeout(Timeout.ofMilliseconds(50))
                                        .build())
                                .build())
                        .build()) {
            client.start();
            var request = SimpleRequestBuilder.get(
                            "http://127.0.0.1:" + full.address().getPort())
                    .build();
            assertThatThrownBy(() -> client.execute(request, null).get())
                    .hasCauseInstanceOf(ConnectTimeoutException.class);
            DestinationUsage usage = usage(ports, full.address());
            assertThat(usage.inUse() + usage.waiting()).isZero();
        }
    }

    private static final FutureCallback<IOSession> IGNORED = new FutureCallback<>() {
        @Override
        public void completed(IOSession session) {}

        @Override
        public void failed(Exception reason) {}

        @Override
        public void cancelled() {}
    };

    @Test
    void a_cancelled_connect_keeps_no_port() throws Exception {
        LocalPorts ports = ports();
        var remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        ConnectionInitiator slow = (name, to, from, timeout, attachment, callback) -> new BasicFuture<>(callback);
        Future<IOSession> session = new ChoosingInitiator(ports, slow)
                .connect(new HttpHost("localhost"), remote, null, Timeout.DISABLED, null, IGNORED);
        assertThat(usage(ports, remote).inUse()).isEqualTo(1);
        assertThat(session.cancel(true)).isTrue();
        assertThat(usage(ports, remote).inUse()).isZero();
    }

    @Test
    void a_reactor_that_takes_no_connect_keeps_no_port() throws Exception {
        LocalPorts ports = ports();
        var remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        ConnectionInitiator down = (name, to, from, timeout, attachment, callback) -> {
            throw new IOReactorShutdownException("down");
        };
        Future<IOSession> session = new ChoosingInitiator(ports, down)
                .connect(new HttpHost("localhost"), remote, null, Timeout.DISABLED, null, IGNORED);
        assertThatThrownBy(session::get).hasCauseInstanceOf(IOReactorShutdownException.class);
        assertThat(usage(ports, remote).inUse()).isZero();
    }

    private LocalPorts ports() {
        return LocalPorts.builder().range(range().first(), range().last()).build();
    }
}

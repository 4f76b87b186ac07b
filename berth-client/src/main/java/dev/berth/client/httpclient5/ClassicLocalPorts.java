package dev.berth.client.httpclient5;

import dev.berth.client.LocalPorts;
import java.net.Socket;
import java.util.Objects;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;

/**
 * Makes connection managers for the classic (blocking) Apache HttpClient 5 whose connections use chosen local ports: HTTP
 * and HTTPS, direct and through HTTP proxies.
 *
 * <pre>{@code
 * CloseableHttpClient client = HttpClients.custom()
 *         .setConnectionManager(ClassicLocalPorts.connectionManager(LocalPorts.create()).build())
 *         .build();
 * }</pre>
 *
 * <p>Good to know:
 *
 * <ul>
 *   <li>The pool keeps 5 connections to a destination and 25 in all unless told otherwise ({@code setMaxConnPerRoute},
 *       {@code setMaxConnTotal}): kept connections need no port for the next request.
 *   <li>HttpClient's own connect timeout (3 min) is used; {@link dev.berth.client.LocalPortsBuilder#connectTimeout} only
 *       where that one is 0.
 *   <li>When all ports are taken, the request fails with {@link dev.berth.client.PortsExhaustedException}; HttpClient
 *       repeats an idempotent one after a second before it says so, unless told {@code disableAutomaticRetries()}.
 *   <li>A route with a local address binds that, with port 0, and nothing is chosen: give {@link
 *       dev.berth.client.LocalPortsBuilder#sources(java.net.InetAddress...)} instead.
 *   <li>Through a SOCKS proxy, and to Unix domain sockets, it connects as ever.
 * </ul>
 */
public final class ClassicLocalPorts {
    private ClassicLocalPorts() {}

    /** A builder of a pooling connection manager, with all of HttpClient's defaults but the ports. */
    public static PoolingHttpClientConnectionManagerBuilder connectionManager(LocalPorts ports) {
        return new Builder(Objects.requireNonNull(ports, "ports"));
    }

    private static final class Builder extends PoolingHttpClientConnectionManagerBuilder {
        private final LocalPorts ports;

        Builder(LocalPorts ports) {
            this.ports = ports;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver schemePorts, DnsResolver names, TlsSocketStrategy tls) {
            DetachedSocketFactory sockets = proxy -> proxy == null ? ports.socket() : new Socket(proxy);
            var strategies = RegistryBuilder.<TlsSocketStrategy>create()
                    .register(URIScheme.HTTPS.id, tls)
                    .build();
            return new DefaultHttpClientConnectionOperator(sockets, schemePorts, names, strategies);
        }
    }
}

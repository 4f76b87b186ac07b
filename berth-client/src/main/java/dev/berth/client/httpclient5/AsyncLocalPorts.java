package dev.berth.client.httpclient5;

import dev.berth.client.LocalPorts;
import java.util.Objects;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.reactor.IOReactorConfig;

/**
 * Makes asynchronous Apache HttpClient 5 clients whose connections use chosen local ports: HTTP/1.1, HTTPS and HTTP/2,
 * direct and through HTTP proxies.
 *
 * <pre>{@code
 * CloseableHttpAsyncClient client = AsyncLocalPorts.client(LocalPorts.create()).build();
 * client.start();
 * }</pre>
 *
 * <p>No thread waits: a port that turns out to be taken is one more turn of the reactor. Good to know:
 *
 * <ul>
 *   <li>The pool keeps 5 connections to a destination and 25 in all unless told otherwise ({@code setMaxConnPerRoute},
 *       {@code setMaxConnTotal}): kept connections need no port for the next request.
 *   <li>Whether the reactor sets {@code SO_REUSEADDR} is a setting of the reactor. {@link #client} sets it as the ports want
 *       it; who gives another {@code IOReactorConfig} says {@code setSoReuseAddress(ports.reuseAddress())} there. Without
 *       it, on Linux, a port serves one destination at a time.
 *   <li>HttpClient's own connect timeout (3 min) is used, for each attempt; not {@link
 *       dev.berth.client.LocalPortsBuilder#connectTimeout}.
 *   <li>A connection that is closed gives its port back when a later connect notices, and the port is held back for the time
 *       of TIME_WAIT whoever closed first: the reactor does not tell.
 *   <li>When all ports are taken, the request fails with {@link dev.berth.client.PortsExhaustedException}; HttpClient
 *       repeats an idempotent one after a second before it says so, unless told {@code disableAutomaticRetries()}.
 * </ul>
 *
 * <p>What does not work, since HttpClient leaves no place for it:
 *
 * <ul>
 *   <li>{@code H2AsyncClientBuilder} has a pool of its own, which takes no other way to connect. A client of this class
 *       speaks HTTP/2 too, and nothing else with {@code HttpVersionPolicy.FORCE_HTTP_2} in its {@code TlsConfig}.
 *   <li>A SOCKS proxy in {@code IOReactorConfig}: the reactor connects to the proxy and does not say so, so ports are
 *       counted towards the wrong destination, and clash more often than they need.
 *   <li>A client that is closed while it connects: the reactor forgets that connect without a word, and its port stays in
 *       use until the garbage collector finds the attempt. Closed afterwards, it gives all ports back.
 *   <li>Nor does a request that is cancelled always cancel its connect: the port is in use until that was refused, was made,
 *       or took too long.
 *   <li>{@link dev.berth.client.LocalPortsBuilder#polite}: the reactor sets {@code SO_REUSEADDR} only where it binds.
 *   <li>A route with a local address binds that, with port 0, and nothing is chosen: give {@link
 *       dev.berth.client.LocalPortsBuilder#sources(java.net.InetAddress...)} instead.
 * </ul>
 */
public final class AsyncLocalPorts {
    private AsyncLocalPorts() {}

    /** A builder of a client, with all of HttpClient's defaults but the ports. */
    public static HttpAsyncClientBuilder client(LocalPorts ports) {
        return HttpAsyncClientBuilder.create()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setSoReuseAddress(ports.reuseAddress())
                        .build())
                .setConnectionManager(connectionManager(ports).build());
    }

    /** A builder of a pooling connection manager, for a client whose reactor has {@code SO_REUSEADDR} as the ports want it. */
    public static PoolingAsyncClientConnectionManagerBuilder connectionManager(LocalPorts ports) {
        return new Builder(Objects.requireNonNull(ports, "ports"));
    }

    private static final class Builder extends PoolingAsyncClientConnectionManagerBuilder {
        private final LocalPorts ports;

        Builder(LocalPorts ports) {
            this.ports = ports;
        }

        @Override
        protected AsyncClientConnectionOperator createConnectionOperator(
                TlsStrategy tls, SchemePortResolver schemePorts, DnsResolver names) {
            return new ChoosingOperator(ports, super.createConnectionOperator(tls, schemePorts, names));
        }
    }
}

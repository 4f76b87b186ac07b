package dev.berth.client.okhttp;

import dev.berth.client.LocalPorts;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * Makes OkHttp clients whose connections use chosen local ports: HTTP/1.1, HTTPS and HTTP/2, direct and through HTTP
 * proxies.
 *
 * <pre>{@code
 * OkHttpClient client = OkHttpLocalPorts.builder(LocalPorts.create()).build();
 * }</pre>
 *
 * <p>Good to know:
 *
 * <ul>
 *   <li>One client for the whole program, and its pool, save more ports than any choice of them. Close each response: one
 *       that is not keeps its connection, and with that its port.
 *   <li>OkHttp's own connect timeout (10 s) is used; {@link dev.berth.client.LocalPortsBuilder#connectTimeout} only where that one is 0.
 *   <li>Where a host has several addresses, OkHttp tries the next one 250 ms after the last (fast fallback). Each try has a port of its
 *       own, and those that lose give theirs back.
 *   <li>When all ports are taken, the call fails with {@link dev.berth.client.PortsExhaustedException}, after OkHttp tried
 *       the other addresses of the host.
 *   <li>Through a SOCKS proxy OkHttp makes its sockets by itself: the system chooses their ports.
 * </ul>
 */
public final class OkHttpLocalPorts {
    private OkHttpLocalPorts() {}

    /** A builder of a client, with all of OkHttp's defaults but the ports. */
    public static OkHttpClient.Builder builder(LocalPorts ports) {
        return new OkHttpClient.Builder().socketFactory(ports.socketFactory());
    }

    /**
     * A builder of a client like {@code client}, with a new pool. OkHttp does not ask from which port a pooled connection
     * comes: with the old pool, requests would go on over connections that were made without a choice.
     */
    public static OkHttpClient.Builder builder(OkHttpClient client, LocalPorts ports) {
        return client.newBuilder().socketFactory(ports.socketFactory()).connectionPool(new ConnectionPool());
    }
}

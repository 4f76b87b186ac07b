package dev.berth.client.httpclient5;

import dev.berth.client.LocalPorts;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Another operator, whose connections are initiated by a {@link ChoosingInitiator}. */
final class ChoosingOperator implements AsyncClientConnectionOperator {
    private final LocalPorts ports;
    private final AsyncClientConnectionOperator operator;

    ChoosingOperator(LocalPorts ports, AsyncClientConnectionOperator operator) {
        this.ports = ports;
        this.operator = operator;
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator reactor,
            HttpHost host,
            @Nullable SocketAddress local,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return operator.connect(new ChoosingInitiator(ports, reactor), host, local, timeout, attachment, callback);
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator reactor,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable SocketAddress local,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return operator.connect(
                new ChoosingInitiator(ports, reactor), host, name, local, timeout, attachment, context, callback);
    }

    @Override
    public Future<ManagedAsyncClientConnection> connect(
            ConnectionInitiator reactor,
            HttpHost host,
            @Nullable Path unixDomainSocket,
            @Nullable NamedEndpoint name,
            @Nullable SocketAddress local,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        return operator.connect(
                new ChoosingInitiator(ports, reactor),
                host,
                unixDomainSocket,
                name,
                local,
                timeout,
                attachment,
                context,
                callback);
    }

    @Override
    public void upgrade(ManagedAsyncClientConnection connection, HttpHost host, @Nullable Object attachment) {
        operator.upgrade(connection, host, attachment);
    }

    @Override
    public void upgrade(
            ManagedAsyncClientConnection connection,
            HttpHost host,
            @Nullable NamedEndpoint name,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<ManagedAsyncClientConnection> callback) {
        operator.upgrade(connection, host, name, attachment, context, callback);
    }
}

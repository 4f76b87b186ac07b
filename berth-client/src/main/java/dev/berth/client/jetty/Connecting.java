package dev.berth.client.jetty;

import dev.berth.client.ConnectAttempt;
import dev.berth.client.LocalPorts;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One connection in the making: in the place of TCP, it makes channels that are bound, until one is connected. */
final class Connecting extends Transport.Wrapper implements AutoCloseable {
    private final LocalPortsConnector connector;
    private final LocalPorts ports;
    private final InetSocketAddress remote;
    private @Nullable ConnectAttempt attempt;

    Connecting(LocalPortsConnector connector, Transport.TCPIP tcp, LocalPorts ports, InetSocketAddress remote) {
        super(tcp);
        this.connector = connector;
        this.ports = ports;
        this.remote = remote;
    }

    @Override
    public SelectableChannel newSelectableChannel() throws IOException {
        if (attempt == null) {
            attempt = ports.attempt(remote);
        }
        var channel = (SocketChannel) super.newSelectableChannel();
        boolean bound = false;
        try {
            bind(channel, attempt);
            bound = true;
            return channel;
        } finally {
            if (!bound) {
                channel.close();
            }
        }
    }

    private void bind(SocketChannel channel, ConnectAttempt chosen) throws IOException {
        for (InetSocketAddress local = chosen.next(); local != null; local = chosen.next()) {
            connector.configureFirst(channel);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, chosen.reuseAddress());
            try {
                channel.bind(local);
                return;
            } catch (IOException e) {
                chosen.bindFailed(e);
            }
        }
    }

    /** Why the connection cannot be made, or null if another port may do. */
    @Nullable
    Throwable lost(Throwable failure) {
        if (attempt == null || !(failure instanceof BindException taken)) {
            return failure;
        }
        try {
            attempt.connectFailed(taken);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    @Override
    public EndPoint newEndPoint(
            Scheduler scheduler, ManagedSelector selector, SelectableChannel selectable, SelectionKey key) {
        return new LeasedEndPoint((SocketChannel) selectable, selector, key, scheduler);
    }

    @Override
    public Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
        var leased = (LeasedEndPoint) endPoint;
        SocketChannel channel = leased.getChannel();
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            throw new ConnectException("nobody listens at " + remote + ": the connection had reached itself");
        }
        Connection connection = super.newConnection(endPoint, context);
        if (attempt != null) {
            leased.leased(attempt.connected(leased)); // it is no Channel, so nobody asks it before it tells who closed
        }
        return connection;
    }

    /** Gives back what was not connected. */
    @Override
    public void close() {
        if (attempt != null) {
            attempt.close();
        }
    }
}

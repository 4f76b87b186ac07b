package dev.berth.client.jetty;

import dev.berth.client.LocalPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Connects Jetty's clients from chosen local ports:
 *
 * <pre>{@code
 * LocalPorts ports = LocalPorts.builder().range(10000, 29999).build();
 * var client = new HttpClient(new HttpClientTransportDynamic(new LocalPortsConnector(ports)));
 * client.start();
 * }</pre>
 *
 * <p>It is a {@link ClientConnector} like any other: TLS, timeouts and executors are set on it as ever. A port that turns out
 * to be somebody else's, at bind or at connect, is followed by another one. When none is left the request fails with {@link
 * dev.berth.client.PortsExhaustedException}. A port is free again when its connection is closed and TIME_WAIT is over; at
 * once when the server closed first.
 *
 * <p>For TCP, to where Jetty connects: the proxy, where there is one. HTTP/3 and Unix sockets are left alone. A {@linkplain
 * #setBindAddress bind address} goes before: no port is chosen. How long a connect may take is {@link #setConnectTimeout},
 * not the {@code connectTimeout} of the ports. Where the system chooses the port, {@code SO_REUSEADDR} is as {@link
 * #setReuseAddress} says: set, if nothing is said, which on Linux is what {@code polite()} asks for. {@link
 * ClientConnector.ConnectListener}s hear of each port that is tried, and of the last one how it went.
 */
public class LocalPortsConnector extends ClientConnector {
    private static final String CONNECTING = Connecting.class.getName();

    private final LocalPorts ports;

    public LocalPortsConnector(LocalPorts ports) {
        this.ports = Objects.requireNonNull(ports, "ports");
    }

    @Override
    protected SelectorManager newSelectorManager() {
        return new ClientSelectorManager(getExecutor(), getScheduler(), getSelectors()) {
            @Override
            protected ManagedSelector newSelector(int id) {
                return new ClosingSelector(this, id);
            }
        };
    }

    @Override
    public void connect(@Nullable SocketAddress address, Map<String, Object> context) {
        if (address instanceof InetSocketAddress remote
                && getBindAddress() == null
                && tcp(context.get(Transport.CONTEXT_KEY)) instanceof Transport.TCPIP tcp) {
            var connecting = new Connecting(this, tcp, ports, remote);
            context.put(CONNECTING, connecting);
            context.put(Transport.CONTEXT_KEY, connecting);
        }
        super.connect(address, context);
    }

    /** The context comes again for the next address of a name. */
    private static @Nullable Object tcp(@Nullable Object transport) {
        return transport instanceof Connecting former ? former.getWrapped() : transport;
    }

    /** The options of a channel that is to be bound; it gets them once, since they are for before. */
    void configureFirst(SocketChannel channel) throws IOException {
        super.configure(channel);
    }

    @Override
    protected void configure(SelectableChannel selectable) throws IOException {
        boolean wasConfigured = selectable instanceof SocketChannel channel
                && channel.getLocalAddress() != null
                && !channel.isConnected();
        if (!wasConfigured) {
            super.configure(selectable);
        }
    }

    @Override
    protected void connectFailed(
            @Nullable SelectableChannel channel,
            SocketAddress address,
            Throwable failure,
            Map<String, Object> context) {
        if (!(context.get(CONNECTING) instanceof Connecting connecting)) {
            super.connectFailed(channel, address, failure, context);
            return;
        }
        Throwable reason = channel == null ? failure : connecting.lost(failure);
        if (reason == null) {
            getExecutor()
                    .execute(() ->
                            super.connect(address, context)); // not from here: it may fail as often as there are ports
        } else {
            connecting.close();
            super.connectFailed(channel, address, reason, context);
        }
    }

    @Override
    protected void acceptFailed(Throwable failure, SelectableChannel channel, Map<String, Object> context) {
        if (context.get(CONNECTING) instanceof Connecting connecting) {
            connecting.close();
        }
        super.acceptFailed(failure, channel, context);
    }
}

package dev.berth.client.netty;

import dev.berth.client.LocalPorts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.Objects;

/**
 * Connects Netty channels from chosen local ports: NIO and epoll, whatever runs over them.
 *
 * <pre>{@code
 * var ports = new NettyLocalPorts(LocalPorts.builder().range(10000, 29999).build());
 * Channel channel = ports.connect(bootstrap, new InetSocketAddress("10.1.2.3", 80)).sync().getNow();
 * }</pre>
 *
 * <p>A port that turns out to be somebody else's when it is bound is followed by another one on the same channel. One that
 * turns out so at connect, which takes a program that shares the port towards the same destination, has cost the channel:
 * Netty closes it. {@link #connect} then opens another; who lets a library connect, by {@link #handler}, sees a {@link
 * PortTakenException} and connects again himself.
 *
 * <p>How long a connect may take is Netty's affair ({@code CONNECT_TIMEOUT_MILLIS}), not the {@code connectTimeout} of the
 * ports. A bootstrap's or a connect's own local address goes before: no port is chosen. The port is free again when the
 * channel is closed and TIME_WAIT is over; at once when the peer closed first, or {@code SO_LINGER} is 0. An event loop that
 * is shut down without a quiet period may forget a channel that connects, and leave it open (4.2.18): that port is in use
 * until the garbage collector finds the attempt. The choice takes an event loop about a microsecond; on Linux one of them
 * reads first, once a minute, which ports are excluded now, for half a millisecond; after a bind that was lost to others the
 * listeners too, for some milliseconds.
 *
 * <p>Thread-safe.
 */
public final class NettyLocalPorts {
    private final LocalPorts ports;

    public NettyLocalPorts(LocalPorts ports) {
        this.ports = Objects.requireNonNull(ports, "ports");
    }

    /**
     * A connected channel, in the future. Fails as Netty fails, and with
     *
     * <ul>
     *   <li>{@link dev.berth.client.PortsExhaustedException} when no local port is left towards {@code remote}
     *   <li>{@link dev.berth.client.NoLocalAddressException} when no address of this host can be its local end
     * </ul>
     *
     * <p>when the failed channel is closed. Cancelling it ends the connect.
     *
     * @param bootstrap is copied; its handler is added to each channel that is tried, so it is sharable, as a {@link
     *     io.netty.channel.ChannelInitializer} is
     * @param remote may be unresolved
     */
    public Future<Channel> connect(Bootstrap bootstrap, SocketAddress remote) {
        Objects.requireNonNull(remote, "remote");
        bootstrap.validate();
        return new ConnectingChannels(bootstrap, remote, ports).connect();
    }

    /**
     * Chooses the port of one channel, for libraries that own the bootstrap. It has to be the first in the pipeline, before
     * the channel is connected, and a new one for each channel:
     *
     * <pre>{@code
     * HttpClient.create().doOnChannelInit((observer, channel, remote) ->   // Reactor Netty
     *         channel.pipeline().addFirst(ports.handler()))
     * config().setHttpAdditionalChannelInitializer(channel ->              // AsyncHttpClient
     *         channel.pipeline().addFirst(ports.handler()))
     * }</pre>
     *
     * <p>Tried with Reactor Netty 1.3.0 and AsyncHttpClient 3.0.2, with and without TLS.
     */
    public ChannelHandler handler() {
        return new LocalPortHandler(new Choice(ports, false));
    }
}

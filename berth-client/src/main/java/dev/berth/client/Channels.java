package dev.berth.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Connects channels from chosen ports. */
final class Channels {
    private final LocalPorts ports;

    Channels(LocalPorts ports) {
        this.ports = ports;
    }

    SocketChannel connect(SocketAddress remote) throws IOException {
        var deadline = Deadline.in(ports.timeoutMillis());
        try (ConnectAttempt attempt = ports.attempt(remote)) {
            while (true) {
                SocketChannel channel = connect(attempt, attempt.next(), deadline);
                if (channel != null) {
                    attempt.connected(channel);
                    return channel;
                }
            }
        }
    }

    /** A connected channel, or null if another port has to be tried. */
    private static @Nullable SocketChannel connect(
            ConnectAttempt attempt, @Nullable InetSocketAddress local, Deadline deadline) throws IOException {
        SocketChannel channel = open(attempt.remote(), local);
        boolean done = false;
        try {
            if (attempt.reuseAddress()) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            done = bind(channel, attempt, local) && connect(channel, attempt, deadline);
            return done ? channel : null;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /**
     * Of IPv4 where both ends are, since a channel of both families takes 5 % longer to bind and connect to IPv4. The wildcard
     * may be that of IPv6 for a destination of IPv4, as it is with {@code -Djava.net.preferIPv6Addresses=true}.
     */
    private static SocketChannel open(InetSocketAddress remote, @Nullable InetSocketAddress local) throws IOException {
        boolean v4 = remote.getAddress() instanceof Inet4Address
                && (local == null || local.getAddress() instanceof Inet4Address);
        return v4 ? SocketChannel.open(StandardProtocolFamily.INET) : SocketChannel.open();
    }

    private static boolean bind(SocketChannel channel, ConnectAttempt attempt, @Nullable InetSocketAddress local)
            throws IOException {
        try {
            if (local != null) {
                channel.bind(local);
            }
            return true;
        } catch (IOException e) {
            attempt.bindFailed(e);
            return false;
        }
    }

    private static boolean connect(SocketChannel channel, ConnectAttempt attempt, Deadline deadline)
            throws IOException {
        try {
            int millis = deadline.millisLeft();
            if (millis == 0) {
                channel.connect(attempt.remote());
            } else {
                channel.socket().connect(attempt.remote(), millis);
            }
        } catch (IOException e) {
            attempt.connectFailed(e);
            return false;
        }
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            throw new ConnectException("nobody listens at " + attempt.remote() + ": the connection had reached itself");
        }
        return true;
    }
}

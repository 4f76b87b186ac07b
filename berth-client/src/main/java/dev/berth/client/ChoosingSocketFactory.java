package dev.berth.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes {@link ChoosingSocket}s. A caller who names a local address or port has chosen it himself. */
final class ChoosingSocketFactory extends SocketFactory {
    private final LocalPorts ports;

    ChoosingSocketFactory(LocalPorts ports) {
        this.ports = ports;
    }

    @Override
    public Socket createSocket() throws IOException {
        return ports.socket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return ports.connect(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return ports.connect(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, @Nullable InetAddress localHost, int localPort)
            throws IOException {
        return connect(new InetSocketAddress(host, port), localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, @Nullable InetAddress localHost, int localPort)
            throws IOException {
        return connect(new InetSocketAddress(host, port), localHost, localPort);
    }

    private Socket connect(SocketAddress remote, @Nullable InetAddress localHost, int localPort) throws IOException {
        if (localPort == 0 && (localHost == null || localHost.isAnyLocalAddress())) {
            return ports.connect(remote); // "any", as callers say it who have no wish
        }
        Socket socket = ports.socket();
        try {
            socket.bind(new InetSocketAddress(localHost, localPort));
            socket.connect(remote);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}

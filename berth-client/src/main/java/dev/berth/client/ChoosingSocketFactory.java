package dev.berth.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Makes {@link ChoosingSocket}s. A caller who names a local port has chosen it himself. */
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
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connect(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connect(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private Socket connect(SocketAddress remote, SocketAddress local) throws IOException {
        Socket socket = ports.socket();
        try {
            socket.bind(local);
            socket.connect(remote);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return socket;
    }
}

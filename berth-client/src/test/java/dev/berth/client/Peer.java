package dev.berth.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The other end of connections, in the namespace it is made in. */
final class Peer implements AutoCloseable {
    private final ServerSocket server;

    /** Listens there. */
    Peer(String address, int port) throws IOException {
        server = new ServerSocket(port, 100, InetAddress.getByName(address));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Its end of the connection that was made first of those not accepted yet. */
    Socket accept() throws IOException {
        return server.accept();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Closes the client's end first, so that its port is in TIME_WAIT. */
    void closeAfter(Socket client) throws IOException {
        try (Socket own = accept()) {
            client.close();
            if (own.getInputStream().read() >= 0) {
                throw new IllegalStateException("something was sent");
            }
        }
    }

    /** Closes its own end first; the client has not read of that. */
    void closeBefore() throws IOException {
        accept().close();
    }
}

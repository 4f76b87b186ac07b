package dev.berth.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A listener that has no room for another connection: Linux drops who knocks, who then waits. */
public final class FullBacklog implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket one;
    private final Socket two;

    public FullBacklog() throws IOException {
        one = new Socket(server.getInetAddress(), server.getLocalPort()); // a backlog of 1 has room for two
        two = new Socket(server.getInetAddress(), server.getLocalPort());
    }

    /** Where nobody answers. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Whether somebody knocks; from the namespace of this. */
    boolean hearsKnock() throws IOException {
        return Apart.count("02", 0, server.getLocalPort()) > 0;
    }

    @Override
    public void close() throws IOException {
        one.close();
        two.close();
        server.close();
    }
}

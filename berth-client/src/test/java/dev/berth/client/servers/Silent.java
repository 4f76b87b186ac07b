package dev.berth.client.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server that answers no more connects: its backlog is full, and Linux then drops what comes. */
public final class Silent implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> backlog = new ArrayList<>();

    public Silent() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        for (int i = 0; i < 2; i++) { // Linux holds one more than was asked for
            backlog.add(new Socket(server.getInetAddress(), server.getLocalPort()));
        }
    }

    /** Where nobody answers. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : backlog) {
            client.close();
        }
    }
}

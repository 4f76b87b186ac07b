package dev.berth.cli.explain.products;

import dev.berth.linux.PrivateNamespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A network in which a server listens and nobody can connect to it: its dynamic range has one port, and the server drew that. */
final class NoPortLeft implements AutoCloseable {
    private static final int FIXED_PORT = 50_000; // outside the range, so its owner needs none of that

    private final PrivateNamespace namespace;
    private final ServerSocket server;

    NoPortLeft() throws Exception {
        namespace = PrivateNamespace.open();
        namespace.set("ipv4/ip_local_port_range", "40000 40000");
        server = namespace.call(RealProduct::taken);
    }

    PrivateNamespace namespace() {
        return namespace;
    }

    /** Where the server listens, on 127.0.0.1. */
    int port() {
        return server.getLocalPort();
    }

    /** Sends a request to a proxy, from a port of its own choice, and returns when the proxy hangs up. */
    void visit(int proxy) throws Exception {
        namespace.call(() -> {
            try (var client = new Socket()) {
                client.bind(new InetSocketAddress(server.getInetAddress(), FIXED_PORT));
                client.connect(new InetSocketAddress(server.getInetAddress(), proxy));
                client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return client.getInputStream().readAllBytes();
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        namespace.close();
    }
}

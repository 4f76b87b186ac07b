package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The services of a network: answers on every port from the first argument to the second, and holds each connection until its caller ends
 * it. With {@code --reuseport}, several of these processes share the ports.
 */
public final class Services {
    private static final int BACKLOG = 4_096;

    private final ByteBuffer buffer = ByteBuffer.allocate(1_024);
    private final Selector selector;

    private Services(Selector selector) {
        this.selector = selector;
    }

    public static void main(String... args) throws IOException {
        try (var selector = Selector.open()) {
            int last = Integer.parseInt(args[1]);
            boolean shared = args.length > 2 && args[2].equals("--reuseport");
            for (int port = Integer.parseInt(args[0]); port <= last; port++) {
                var listener = ServerSocketChannel.open();
                listener.setOption(StandardSocketOptions.SO_REUSEPORT, shared);
                listener.bind(new InetSocketAddress(port), BACKLOG);
                listener.configureBlocking(false);
                listener.register(selector, SelectionKey.OP_ACCEPT);
            }
            System.out.println("ready");
            var services = new Services(selector);
            while (true) {
                selector.select(services::serve);
            }
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.channel() instanceof ServerSocketChannel listener) {
                SocketChannel caller = listener.accept();
                caller.configureBlocking(false);
                caller.register(selector, SelectionKey.OP_READ);
            } else {
                read((SocketChannel) key.channel());
            }
        } catch (IOException e) {
            System.out.println("not accepted: " + e.getMessage());
        }
    }

    private void read(SocketChannel caller) throws IOException {
        try {
            if (caller.read(buffer.clear()) < 0) {
                caller.close();
            }
        } catch (IOException e) {
            caller.close(); // by a reset
        }
    }
}

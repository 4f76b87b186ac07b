package dev.berth.lab.client;

import dev.berth.client.LocalPorts;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** The ways to connect that are compared. Each makes its socket, and leaves it connected. */
enum Way {
    PLAIN_SOCKET("plain Socket") {
        @Override
        Socket connect(LocalPorts library, InetSocketAddress remote) throws IOException {
            var socket = new Socket();
            socket.connect(remote);
            return socket;
        }
    },
    LIBRARY_SOCKET("library Socket") {
        @Override
        Socket connect(LocalPorts library, InetSocketAddress remote) throws IOException {
            return library.connect(remote);
        }
    },
    PLAIN_CHANNEL("plain SocketChannel") {
        @Override
        SocketChannel connect(LocalPorts library, InetSocketAddress remote) throws IOException {
            SocketChannel channel = SocketChannel.open();
            channel.connect(remote);
            return channel;
        }
    },
    LIBRARY_CHANNEL("library SocketChannel") {
        @Override
        SocketChannel connect(LocalPorts library, InetSocketAddress remote) throws IOException {
            return library.connectChannel(remote);
        }
    },
    BOUND_SOCKET("Socket bound by hand") {
        @Override
        Socket connect(LocalPorts library, InetSocketAddress remote) throws IOException {
            var socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(freePort()));
            socket.connect(remote);
            return socket;
        }
    },
    BOUND_CHANNEL("SocketChannel bound by hand") {
        @Override
        SocketChannel connect(LocalPorts library, InetSocketAddress remote) throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET); // as the library's to IPv4
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(freePort()));
            channel.connect(remote);
            return channel;
        }
    };

    private static final int FIRST_FREE = 1_024; // ports that are neither the kernel's nor the library's here
    private static final int FREE = 2_900;
    private static final AtomicInteger BOUND = new AtomicInteger();

    private final String text;

    Way(String text) {
        this.text = text;
    }

    /** What the library is made of: less cannot be had by whoever binds before each connect. Its port costs nothing to find. */
    boolean byHand() {
        return this == BOUND_SOCKET || this == BOUND_CHANNEL;
    }

    private static int freePort() {
        return FIRST_FREE + Math.floorMod(BOUND.getAndIncrement(), FREE);
    }

    abstract Closeable connect(LocalPorts library, InetSocketAddress remote) throws IOException;

    /** Closes what was connected by a reset, which leaves no TIME_WAIT. */
    static void reset(Closeable connection) throws IOException {
        if (connection instanceof Socket socket) {
            socket.setSoLinger(true, 0);
        } else if (connection instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        connection.close();
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.berth.lab.client;

import dev.berth.client.LocalPorts;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

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
    };

    private final String text;

    Way(String text) {
        this.text = text;
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

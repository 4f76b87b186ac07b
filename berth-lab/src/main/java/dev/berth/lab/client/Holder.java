package dev.berth.lab.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that holds connections to loopback: a full space has more of them than a process may have files. Reads ints:
 * the port to connect to, how many connections, and the local port of each, 0 for the kernel's choice; answers how many it
 * made. Port 0 closes all. Ends with its input.
 */
final class Holder {
    private final List<SocketChannel> held = new ArrayList<>();

    private Holder() {}

    static void main() throws IOException {
        new Holder().obey(new DataInputStream(new BufferedInputStream(System.in)), new DataOutputStream(System.out));
    }

    private void obey(DataInputStream orders, DataOutputStream answers) throws IOException {
        try {
            while (true) {
                int destination = orders.readInt();
                answers.writeInt(destination == 0 ? closeAll() : connect(destination, orders));
            }
        } catch (EOFException e) {
            closeAll();
        }
    }

    private int closeAll() throws IOException {
        for (SocketChannel channel : held) {
            channel.close();
        }
        held.clear();
        return 0;
    }

    private int connect(int destination, DataInputStream orders) throws IOException {
        var remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), destination);
        int connected = 0;
        for (int left = orders.readInt(); left > 0; left--) {
            int local = orders.readInt();
            SocketChannel channel = SocketChannel.open();
            try {
                if (local != 0) {
                    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                    channel.bind(new InetSocketAddress(local));
                }
                channel.connect(remote);
                held.add(channel);
                connected++;
            } catch (BindException e) {
                channel.close(); // the answer tells
            }
        }
        return connected;
    }
}

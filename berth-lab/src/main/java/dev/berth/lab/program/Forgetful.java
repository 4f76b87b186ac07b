package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;

/**
 * A client that binds its source address first and looks up whom to call then. The lookup fails, and the socket is forgotten: bound,
 * never connected, never closed. Arguments: how many times, and the source address.
 */
public final class Forgetful {
    private Forgetful() {}

    public static void main(String... args) throws IOException, InterruptedException {
        var forgotten = new ArrayList<Socket>();
        int calls = Integer.parseInt(args[0]);
        while (forgotten.size() < calls) {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(args[1], 0));
            forgotten.add(socket);
        }
        System.out.println("bound=" + forgotten.size());
        Thread.sleep(Long.MAX_VALUE);
    }
}

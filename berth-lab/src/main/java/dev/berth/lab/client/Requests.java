package dev.berth.lab.client;

import dev.berth.client.LocalPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A client of {@code bench/haproxy.py}: does what HAProxy does there, without HAProxy. Arguments: the server's port, and the
 * first and last port of the library. Lines on standard input: {@code hold WAY COUNT} opens so many connections and keeps
 * them; {@code time WAY COUNT} makes so many requests, and answers with the microseconds of each that got a port.
 */
final class Requests {
    private final InetSocketAddress server;
    private final LocalPorts library;
    private final List<Socket> held = new ArrayList<>();

    private Requests(int port, int first, int last) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        library = LocalPorts.builder().range(first, last).build();
    }

    static void main(String... args) throws IOException {
        var requests = new Requests(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        var answers = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 3);
            Way way = Way.valueOf(words[1]);
            int count = Integer.parseInt(words[2]);
            answers.println(words[0].equals("hold") ? requests.hold(way, count) : requests.time(way, count));
        }
    }

    private String hold(Way way, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            held.add(ask(way));
        }
        return "held";
    }

    private String time(Way way, int count) throws IOException {
        var micros = new double[count];
        int answered = 0;
        for (int i = 0; i < count; i++) {
            long begun = System.nanoTime();
            try {
                Socket socket = ask(way);
                micros[answered++] = (System.nanoTime() - begun) / 1e3;
                Way.reset(socket);
            } catch (BindException e) {
                // one that is missing in the answer
            }
        }
        return Arrays.toString(Arrays.copyOf(micros, answered));
    }

    private Socket ask(Way way) throws IOException {
        var socket = (Socket) way.connect(library, server);
        socket.getOutputStream().write('x');
        if (socket.getInputStream().read() != 'y') {
            throw new IOException("no answer");
        }
        return socket;
    }
}

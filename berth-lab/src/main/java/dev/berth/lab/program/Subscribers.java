package dev.berth.lab.program;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code HOST FIRST-PORT PORTS COUNT}: so many connections to a {@link Feed}, from ports of the system's choice, that wait for the news;
 * tells how many have it once the feed has told all, and from which ports the others are. It keeps them.
 */
public final class Subscribers {
    private static final int CONNECT_MILLIS = 5_000; // only a busy machine needs more than one
    private static final int ASK_AGAIN_MILLIS = 100;
    private static final int ARRIVAL_MILLIS = 500; // on virtual links the news takes less than one

    private Subscribers() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int first = Integer.parseInt(args[1]);
        int ports = Integer.parseInt(args[2]);
        int count = Integer.parseInt(args[3]);
        List<Socket> connected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                connected.add(connected(args[0], first + i % ports));
            } catch (IOException e) {
                System.out.println("failed=" + e.getMessage());
            }
        }
        System.out.println("connected=" + connected.size());
        awaitTold(args[0], Feed.toldPort(first));
        List<Integer> unheard = unheard(connected);
        System.out.println(
                "unheardOn=" + unheard.stream().sorted().map(String::valueOf).collect(Collectors.joining(" ")));
        System.out.println("unheard=" + unheard.size());
        System.out.println("heard=" + (connected.size() - unheard.size()));
        Thread.currentThread().join();
    }

    private static Socket connected(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void awaitTold(String host, int port) throws IOException, InterruptedException {
        boolean told = false;
        while (!told) {
            try (var asking = connected(host, port)) {
                told = asking.isConnected();
            } catch (ConnectException e) { // refused: the feed is quiet yet
                Thread.sleep(ASK_AGAIN_MILLIS);
            }
        }
        Thread.sleep(ARRIVAL_MILLIS);
    }

    /** The local ports of those that have nothing to read. */
    private static List<Integer> unheard(List<Socket> connected) throws IOException {
        List<Integer> unheard = new ArrayList<>();
        for (Socket socket : connected) {
            if (socket.getInputStream().available() == 0) {
                unheard.add(socket.getLocalPort());
            }
        }
        return unheard;
    }
}

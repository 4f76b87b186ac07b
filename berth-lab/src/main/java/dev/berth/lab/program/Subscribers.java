package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code HOST FIRST-PORT PORTS COUNT PATIENCE-MILLIS}: so many connections to a {@link Feed}, from ports of the system's choice, that
 * wait for the news; tells how many heard them, and from which ports the others are.
 */
public final class Subscribers {
    private static final int CONNECT_MILLIS = 1_000; // on virtual links a connect takes less than one

    private Subscribers() {}

    public static void main(String[] args) throws InterruptedException {
        int first = Integer.parseInt(args[1]);
        int ports = Integer.parseInt(args[2]);
        int count = Integer.parseInt(args[3]);
        List<Socket> connected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                var socket = new Socket();
                socket.connect(new InetSocketAddress(args[0], first + i % ports), CONNECT_MILLIS);
                socket.setSoTimeout(Integer.parseInt(args[4]));
                connected.add(socket);
            } catch (IOException e) {
                System.out.println("failed=" + e.getMessage());
            }
        }
        System.out.println("connected=" + connected.size());
        List<Integer> unheard = unheard(connected);
        System.out.println("heard=" + (connected.size() - unheard.size()));
        System.out.println("unheard=" + unheard.size());
        System.out.println(
                "unheardOn=" + unheard.stream().sorted().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /** The local ports of those that did not hear in time. */
    private static List<Integer> unheard(List<Socket> connected) throws InterruptedException {
        List<Integer> unheard = new ArrayList<>();
        var waiting = new ArrayList<Thread>();
        for (Socket socket : connected) {
            waiting.add(Thread.ofVirtual().start(() -> {
                try (socket) {
                    Line.read(socket);
                } catch (IOException e) {
                    synchronized (unheard) {
                        unheard.add(socket.getLocalPort());
                    }
                }
            }));
        }
        for (Thread one : waiting) {
            one.join();
        }
        return unheard;
    }
}

package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks {@link Quotes} for a price so many times, over a connection each, and keeps every connection for a next time that never comes. With
 * {@code --close} it closes a connection when its peer has. Where it fails it tries again, and says so once. Arguments: the server, and how
 * many times.
 */
public final class QuoteReader {
    private static final long AGAIN_MILLIS = 50;

    private final InetSocketAddress server;
    private final boolean closes;
    private final List<Socket> kept = new ArrayList<>();

    private QuoteReader(InetSocketAddress server, boolean closes) {
        this.server = server;
        this.closes = closes;
    }

    public static void main(String... args) throws InterruptedException {
        var reader = new QuoteReader(Address.of(args[0]), args.length > 2 && args[2].equals("--close"));
        System.out.println("pid=" + ProcessHandle.current().pid());
        reader.ask(Integer.parseInt(args[1]));
        Thread.currentThread().join(); // as a server it goes on
    }

    private void ask(int times) throws InterruptedException {
        int told = -1;
        int answered = 0;
        while (answered < times) {
            try {
                askOnce();
                answered++;
            } catch (IOException e) {
                if (answered != told) {
                    told = answered;
                    System.out.println("answered=" + answered);
                    System.out.println("no price: connect to " + Address.text(server) + ": " + e);
                }
                Thread.sleep(AGAIN_MILLIS);
            }
        }
        System.out.println("answered=" + answered);
    }

    private void askOnce() throws IOException {
        var socket = new Socket();
        try {
            socket.connect(server);
            socket.getInputStream().readAllBytes(); // the price, and until the server has closed
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        if (closes) {
            socket.close();
        } else {
            kept.add(socket);
        }
    }
}

package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * {@code FIRST-PORT PORTS SUBSCRIBERS QUIET-MILLIS}: a server with something to tell. It waits for all subscribers, then is quiet for
 * a while, then tells each the news: the first bytes on the connection. Once all are told it listens on the port before the first, too.
 */
public final class Feed {
    private static final int BACKLOG = 1_000;

    private Feed() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int first = Integer.parseInt(args[0]);
        BlockingQueue<Socket> arriving = new LinkedBlockingQueue<>();
        for (int port = first; port < first + Integer.parseInt(args[1]); port++) {
            var listener = new ServerSocket();
            listener.bind(new InetSocketAddress(port), BACKLOG);
            Thread.ofVirtual().start(() -> accept(listener, arriving));
        }
        System.out.println("ready");
        List<Socket> subscribers = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            subscribers.add(arriving.take());
        }
        Thread.sleep(Long.parseLong(args[3]));
        for (Socket subscriber : subscribers) {
            Line.write(subscriber, "news");
        }
        Named.listen("told", toldPort(first));
        System.out.println("told=" + subscribers.size());
        Thread.currentThread().join();
    }

    /** Whoever connects there comes after the news. */
    static int toldPort(int firstPort) {
        return firstPort - 1;
    }

    private static void accept(ServerSocket listener, BlockingQueue<Socket> arriving) {
        try {
            while (true) {
                arriving.add(listener.accept());
            }
        } catch (IOException e) {
            System.out.println("failed=" + e.getMessage());
        }
    }
}

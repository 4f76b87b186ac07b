package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code HOST PORT [callers=1] [calls=1] [callMillis=0] [patienceMillis=1000] [pool=0]}: callers at once, each with so many calls one after another.
 * A call is an answer of {@link Named} and some time in which the connection is in use. It has a connection of its own, or one of a
 * pool, whose connections are kept.
 */
public final class Callers {
    private static final int ANSWER_MILLIS = 5_000; // once connected, only a busy machine keeps a caller waiting

    private final InetSocketAddress server;
    private final int callMillis;
    private final int patienceMillis;
    private final boolean keep;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();

    private Callers(InetSocketAddress server, int callMillis, int patienceMillis, boolean keep) {
        this.server = server;
        this.callMillis = callMillis;
        this.patienceMillis = patienceMillis;
        this.keep = keep;
    }

    public static void main(String[] args) throws InterruptedException {
        var given = Stream.of(args)
                .skip(2)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Integer.parseInt(parts[1])));
        int callers = given.getOrDefault("callers", 1);
        int pool = given.getOrDefault("pool", 0);
        var all = new Callers(
                new InetSocketAddress(args[0], Integer.parseInt(args[1])),
                given.getOrDefault("callMillis", 0),
                given.getOrDefault("patienceMillis", 1_000),
                pool > 0);
        all.call(callers, given.getOrDefault("calls", 1), pool > 0 ? pool : callers);
        System.out.println("answered=" + all.answered);
        System.out.println("timedOut=" + all.failed);
        System.out.println("slowestConnectMillis=" + TimeUnit.NANOSECONDS.toMillis(all.slowestNanos.get()));
    }

    private void call(int callers, int calls, int connections) throws InterruptedException {
        BlockingQueue<Connection> free = new LinkedBlockingQueue<>();
        for (int i = 0; i < connections; i++) {
            free.add(new Connection());
        }
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            running.add(Thread.ofVirtual().start(() -> callInTurn(calls, free)));
        }
        for (Thread one : running) {
            one.join();
        }
    }

    private void callInTurn(int calls, BlockingQueue<Connection> free) {
        try {
            for (int i = 0; i < calls; i++) {
                Connection connection = free.take();
                (connection.call() ? answered : failed).incrementAndGet();
                free.add(connection);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection, once it is needed. */
    private final class Connection {
        private @Nullable Socket socket;

        boolean call() throws InterruptedException {
            try {
                if (socket == null) {
                    socket = connected();
                }
                Line.ask(socket);
                Thread.sleep(callMillis);
                if (!keep) {
                    close();
                }
                return true;
            } catch (IOException e) {
                close();
                return false;
            }
        }

        private Socket connected() throws IOException {
            var socket = new Socket();
            try {
                long start = System.nanoTime();
                socket.connect(server, patienceMillis);
                slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                socket.setSoTimeout(ANSWER_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        private void close() {
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException e) {
                    System.out.println("failed=" + e.getMessage());
                }
                socket = null;
            }
        }
    }
}

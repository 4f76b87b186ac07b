package dev.berth.lab.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/**
 * {@code HOST PORT CONNECTIONS}: a pool, which connects before there is anything to ask. Once there is a line on its standard input it asks
 * over all connections at once who is there, and counts the answers: of {@link Release} its version, or how the call failed.
 */
public final class Pool {
    private static final int PATIENCE_MILLIS = 5_000;

    private Pool() {}

    public static void main(String... args) throws IOException {
        var server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        List<Socket> connections = new ArrayList<>();
        while (connections.size() < Integer.parseInt(args[2])) {
            var connection = new Socket();
            connection.connect(server, PATIENCE_MILLIS);
            connection.setSoTimeout(PATIENCE_MILLIS);
            connections.add(connection);
        }
        System.out.println("connected=" + connections.size());
        System.in.read();
        var answers = new ConcurrentSkipListMap<String, Integer>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Socket connection : connections) {
                callers.execute(() -> answers.merge(answer(connection), 1, Integer::sum));
            }
        }
        answers.forEach((who, count) -> System.out.println(who + "=" + count));
    }

    private static String answer(Socket connection) {
        try (connection) {
            return Line.ask(connection);
        } catch (SocketTimeoutException e) {
            return "timedOut";
        } catch (SocketException e) {
            return "reset";
        } catch (IOException e) {
            return "closed";
        }
    }
}

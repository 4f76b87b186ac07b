package dev.berth.lab.program;

import dev.berth.client.jdbc.DriverPorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A web service's calls of another one. Logs each that fails on standard error, as a Java service would, and in the end tells what it counts.
 *
 * <pre>
 * to=ADDRESS:PORT     whom it calls
 * calls=1             how many
 * rate=1000           how many a second
 * workers=8           threads that make them
 * keep-alive=on       off: a connection for each call, closed once the answer is there
 * close=client        server: asks the server to close, and waits until it has
 * user=NAME:PASSWORD  answers the server's 401. The connection is that user's from then on: it is closed after the call
 * share=off           on: it is kept for the next call of the same user
 * local=TEXT          the client library chooses the local ports: see {@link DriverPorts}
 * </pre>
 */
public final class Shop {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final String to;
    private final InetSocketAddress server;
    private final SocketFactory sockets;
    private final boolean serverCloses;
    private final boolean keeps;
    private final @Nullable String credentials;
    private final AtomicInteger connections = new AtomicInteger();

    private Shop(Arguments arguments) {
        to = arguments.text("to", "127.0.0.1:8080");
        String[] parts = to.split(":", 2);
        server = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
        String local = arguments.text("local");
        sockets = local == null
                ? SocketFactory.getDefault()
                : DriverPorts.of(local).socketFactory();
        serverCloses = arguments.text("close", "client").equals("server");
        credentials = arguments.text("user");
        keeps = arguments.on("keep-alive", true) && (credentials == null || arguments.on("share", false));
    }

    public static void main(String... words) throws InterruptedException {
        Arguments arguments = Arguments.of(words);
        var shop = new Shop(arguments);
        var tally = new Tally();
        int calls = arguments.number("calls", 1);
        var pace = new Pace(arguments.number("rate", 1_000));
        var begun = new AtomicInteger();
        var workers = new Thread[Math.min(calls, arguments.number("workers", 8))];
        Arrays.setAll(workers, _ -> Thread.ofPlatform().start(() -> shop.call(calls, begun, pace, tally)));
        for (Thread worker : workers) {
            worker.join();
        }
        System.out.println(tally.told(shop.connections.get()));
    }

    /** Calls in turn with other threads, until there have been so many calls. */
    private void call(int calls, AtomicInteger begun, Pace pace, Tally tally) {
        HttpConnection kept = null;
        for (int call = begun.incrementAndGet(); call <= calls; call = begun.incrementAndGet()) {
            pace.await();
            long start = System.nanoTime();
            try {
                kept = call(kept);
                tally.answered(start);
            } catch (IOException e) {
                kept = null;
                tally.failed(call);
                log(call, e);
            }
        }
    }

    private void log(int call, IOException e) {
        var stack = new StringWriter();
        e.printStackTrace(new PrintWriter(stack));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        System.err.print(now + " ERROR call " + call + " of http://" + to + "/ failed\n" + stack);
    }

    /** One call, over {@code kept} where there is one; the connection for the next call. */
    private @Nullable HttpConnection call(@Nullable HttpConnection kept) throws IOException {
        HttpConnection connection = kept == null ? open() : kept;
        try {
            int status = kept == null ? first(connection) : ask(connection, true);
            if (status != OK) {
                throw new IOException("HTTP status " + status);
            }
            if (serverCloses) {
                connection.awaitEnd();
            }
            if (keeps) {
                return connection;
            }
        } catch (IOException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return null;
    }

    private HttpConnection open() throws IOException {
        var socket = sockets.createSocket();
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(server, PATIENCE_MILLIS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        connections.incrementAndGet();
        return new HttpConnection(socket);
    }

    /** The first call on a connection: who the caller is, it tells when it is asked. */
    private int first(HttpConnection connection) throws IOException {
        int status = ask(connection, false);
        return status == UNAUTHORIZED && credentials != null ? ask(connection, true) : status;
    }

    private int ask(HttpConnection connection, boolean asUser) throws IOException {
        var headers = new TreeMap<String, String>();
        if (asUser && credentials != null) {
            byte[] plain = credentials.getBytes(StandardCharsets.US_ASCII);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(plain));
        }
        if (serverCloses && asUser == (credentials != null)) { // said with the last request
            headers.put("Connection", "close");
        }
        return connection.get(to, "/", headers);
    }
}

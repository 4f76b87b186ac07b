package dev.berth.lab.program;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A data integration: pushes accounts into {@link Crm}, one call each, and stops at the first that is not stored. A connection for each
 * call, which the server closes first, or with {@code --keep-alive} one for all. Arguments: the web service, and {@code FIRST-LAST}.
 */
public final class Loader {
    private static final double NANOS = 1e9;
    private static final String STORED = "201";

    private final InetSocketAddress crm;
    private final boolean keepsAlive;
    private @Nullable Socket kept;

    private Loader(InetSocketAddress crm, boolean keepsAlive) {
        this.crm = crm;
        this.keepsAlive = keepsAlive;
    }

    public static void main(String... args) throws IOException {
        String[] accounts = args[1].split("-", 2);
        int first = Integer.parseInt(accounts[0]);
        int last = Integer.parseInt(accounts[1]);
        var loader = new Loader(Address.of(args[0]), args.length > 2 && args[2].equals("--keep-alive"));
        long begun = System.nanoTime();
        int next = first;
        while (next <= last && loader.push(next)) {
            next++;
        }
        System.out.printf(
                Locale.ROOT, "stored=%d seconds=%.1f%n", next - first, (System.nanoTime() - begun) / NANOS);
        if (next <= last) {
            System.exit(1);
        }
    }

    private boolean push(int account) throws IOException {
        Socket socket = kept != null ? kept : open();
        String body = "Account " + account;
        String request = "POST /accounts/" + account + " HTTP/1.1\r\nHost: crm\r\nContent-Length: " + body.length()
                + (keepsAlive ? "" : "\r\nConnection: close") + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var in = new BufferedInputStream(socket.getInputStream());
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
            }
        }
        String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (keepsAlive) {
            kept = socket;
        } else {
            in.readAllBytes(); // until the server has closed
            socket.close();
        }
        boolean stored = status.contains(" " + STORED + " ");
        if (!stored) {
            System.out.println("account " + account + ": " + status + ": " + answer);
        }
        return stored;
    }

    private Socket open() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(crm);
        return socket;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("the server closed in the middle of its answer");
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }
}

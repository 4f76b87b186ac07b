package dev.berth.lab.program;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Calls of a web service, one after the other: over one connection, or over one each, which the server closes first. */
final class Calls implements Closeable {
    private final InetSocketAddress server;
    private final boolean keepsAlive;
    private @Nullable Socket kept;

    Calls(InetSocketAddress server, boolean keepsAlive) {
        this.server = server;
        this.keepsAlive = keepsAlive;
    }

    /** What the service answered; empty where it did what it was asked. */
    String post(String path, String body) throws IOException {
        Socket socket = kept != null ? kept : connect();
        String request = "POST " + path + " HTTP/1.1\r\nHost: " + server.getHostString() + "\r\nContent-Length: "
                + body.length() + (keepsAlive ? "" : "\r\nConnection: close") + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var in = new BufferedInputStream(socket.getInputStream());
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (keepsAlive) {
            kept = socket;
        } else {
            in.readAllBytes(); // until the server has closed
            socket.close();
        }
        return status.startsWith("HTTP/1.1 2") ? "" : status + ": " + answer;
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(server);
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

    @Override
    public void close() throws IOException {
        if (kept != null) {
            kept.close();
        }
    }
}

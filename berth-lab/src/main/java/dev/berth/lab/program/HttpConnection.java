package dev.berth.lab.program;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** As much of HTTP/1.1 as a client needs who minds which side closes. Answers have a length, or end with the connection. */
final class HttpConnection implements Closeable {
    private final Socket socket;
    private final InputStream input;

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Asks, and reads the answer to its end; its status.
     *
     * @param headers beyond {@code Host}, by name
     */
    int get(String host, String path, Map<String, String> headers) throws IOException {
        var request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        String status = line();
        Map<String, String> answered = headers();
        String length = answered.get("content-length");
        if (length == null) {
            awaitEnd();
        } else {
            input.skipNBytes(Long.parseLong(length));
        }
        return Integer.parseInt(status.split(" ", 3)[1]);
    }

    /** Reads on until the server has closed. */
    void awaitEnd() throws IOException {
        input.transferTo(OutputStream.nullOutputStream());
    }

    private Map<String, String> headers() throws IOException {
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        return headers;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = input.read(); read != '\n'; read = input.read()) {
            if (read < 0) {
                throw new EOFException("the server closed before it had answered");
            }
            line.write(read);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

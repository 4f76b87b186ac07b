package dev.berth.lab.program;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A question or an answer on a connection: one line of text. */
final class Line {
    private Line() {}

    /** Asks {@link Named} for its name. */
    static String ask(Socket socket) throws IOException {
        write(socket, "who");
        return read(socket);
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static String read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            text.append((char) c);
        }
        return text.toString();
    }
}

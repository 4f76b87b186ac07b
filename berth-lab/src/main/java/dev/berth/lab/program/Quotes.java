package dev.berth.lab.program;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that answers whoever connects with a line, and closes. Argument: the port. */
public final class Quotes {
    private static final int BACKLOG = 128;

    private Quotes() {}

    public static void main(String... args) throws IOException {
        try (var listener = new ServerSocket(Integer.parseInt(args[0]), BACKLOG)) {
            System.out.println("ready");
            while (true) {
                try (Socket caller = listener.accept()) {
                    caller.getOutputStream().write("42.00\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }
}

package dev.berth.lab.program;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that greets whoever calls, and stays connected until the caller closes. Argument: its port. */
public final class Greeter {
    private Greeter() {}

    public static void main(String... args) throws IOException {
        try (var server = new ServerSocket(Integer.parseInt(args[0]))) {
            System.out.println("listening on port " + server.getLocalPort());
            while (true) {
                Socket caller = server.accept();
                Thread.ofVirtual().start(() -> greet(caller));
            }
        }
    }

    private static void greet(Socket caller) {
        try (caller) {
            caller.getOutputStream().write("welcome\n".getBytes(StandardCharsets.US_ASCII));
            caller.getInputStream().readAllBytes();
        } catch (IOException e) {
            System.out.println("a caller is gone: " + e.getMessage());
        }
    }
}

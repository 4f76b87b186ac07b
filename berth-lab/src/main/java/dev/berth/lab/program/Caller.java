package dev.berth.lab.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client of a server on its own host that does not give up: calls again when it is refused, and when it is cut off. Arguments: the
 * server's port, and after how many attempts in a row to end all the same; without, never.
 */
public final class Caller {
    private Caller() {}

    public static void main(String... args) throws IOException {
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        long patience = args.length > 1 ? Long.parseLong(args[1]) : Long.MAX_VALUE;
        for (long attempts = 1; attempts <= patience; attempts++) {
            try (var connection = new Socket()) {
                connection.connect(server);
                System.out.printf("attempts=%d%n", attempts);
                talk(connection);
                attempts = 0;
            } catch (ConnectException e) {
                // refused: the next attempt
            }
        }
        System.out.printf("refused=%d%n", patience);
    }

    private static void talk(Socket connection) throws IOException {
        System.out.println(
                "connected, " + connection.getLocalSocketAddress() + " to " + connection.getRemoteSocketAddress());
        connection.getOutputStream().write("anybody there?\n".getBytes(StandardCharsets.US_ASCII));
        var answers = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        try {
            for (String answer = answers.readLine(); answer != null; answer = answers.readLine()) {
                System.out.println("asked: anybody there?  answered: " + answer);
            }
        } catch (IOException e) {
            System.out.println("cut off: " + e.getMessage());
        }
    }
}

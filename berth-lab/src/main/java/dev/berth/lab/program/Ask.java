package dev.berth.lab.program;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * {@code HOST TIMES PORT...}: asks each port so many times who is there, every time over a new connection, and counts the answers: of
 * {@link Named} its name, or how the connect failed.
 */
public final class Ask {
    private static final int PATIENCE_MILLIS = 1_000; // on virtual links a connect takes less than one

    private Ask() {}

    public static void main(String[] args) {
        var answers = new TreeMap<String, Integer>();
        for (String port : Arrays.asList(args).subList(2, args.length)) {
            var server = new InetSocketAddress(args[0], Integer.parseInt(port));
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                answers.merge(answer(server), 1, Integer::sum);
            }
        }
        answers.forEach((who, count) -> System.out.println(who + "=" + count));
    }

    private static String answer(InetSocketAddress server) {
        try (var socket = new Socket()) {
            socket.connect(server, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return Line.ask(socket);
        } catch (SocketTimeoutException e) {
            return "timedOut";
        } catch (ConnectException e) {
            return "refused";
        } catch (IOException e) {
            return "failed";
        }
    }
}

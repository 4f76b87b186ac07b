package dev.berth.lab.program;

import java.io.IOException;
import java.net.Socket;

/**
 * A client that polls: connects, and closes by a reset. The kernel chooses the local port of each connection. The one that was given
 * the port of the third argument is kept, as a poll that lasts. The other arguments are host and port to call.
 */
public final class Monitor {
    private Monitor() {}

    public static void main(String... args) throws IOException, InterruptedException {
        int wanted = Integer.parseInt(args[2]);
        for (int polls = 1; ; polls++) {
            var connection = new Socket(args[0], Integer.parseInt(args[1]));
            if (connection.getLocalPort() == wanted) {
                System.out.println("polls=" + polls);
                break;
            }
            connection.setSoLinger(true, 0); // no TIME_WAIT
            connection.close();
        }
        Thread.sleep(Long.MAX_VALUE);
    }
}

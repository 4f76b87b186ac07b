package dev.berth.lab.program;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;

/** The clients that start with a system: one connection to each port from the second argument to the third of the host in the first, all of them kept. */
public final class Agents {
    private Agents() {}

    public static void main(String... args) throws IOException, InterruptedException {
        var kept = new ArrayList<Socket>();
        int last = Integer.parseInt(args[2]);
        for (int port = Integer.parseInt(args[1]); port <= last; port++) {
            var connection = new Socket(args[0], port);
            connection.setSoLinger(true, 0); // when the process is ended, as by a restart: no TIME_WAIT
            System.out.println("localPort=" + connection.getLocalPort());
            kept.add(connection);
        }
        System.out.println("connected=" + kept.size());
        Thread.sleep(Long.MAX_VALUE);
    }
}

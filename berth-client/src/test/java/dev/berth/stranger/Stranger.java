package dev.berth.stranger;

import dev.berth.client.LocalPorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** A program of somebody who has read the first page: three lines, and nothing but what is public. For Java 17. */
public final class Stranger {
    private Stranger() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            new Socket(server.getInetAddress(), server.getLocalPort()).close(); // the JDK starts its own threads here
            Set<Thread> before = Thread.getAllStackTraces().keySet();

            LocalPorts ports = LocalPorts.builder().range(10_000, 29_999).build();
            try (Socket socket = ports.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()))) {
                socket.getOutputStream().write(1);

                boolean chosen = socket.getLocalPort() >= 10_000 && socket.getLocalPort() <= 29_999;
                Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
                started.removeAll(before);
                System.out.println("Java " + Runtime.version().feature());
                System.out.println(chosen ? "a port of the range" : "port " + socket.getLocalPort());
                System.out.println("new threads " + started);
            }
        }
    }
}

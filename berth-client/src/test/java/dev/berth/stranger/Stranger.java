package dev.berth.stranger;

import dev.berth.client.LocalPorts;
import dev.berth.client.PortsExhaustedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;

/** A program of somebody who has read the first page: three lines, and what can go wrong. All public, for Java 17. */
public final class Stranger {
    private Stranger() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            new Socket(server.getInetAddress(), server.getLocalPort()).close(); // the JDK starts its own threads here
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            System.out.println("Java " + Runtime.version().feature());
            var remote = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            threeLines(remote);
            refused();
            usedUpAndThereAgain(remote);
            channels(remote);
            Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
            started.removeAll(before);
            System.out.println("new threads " + started);
        }
    }

    private static void threeLines(InetSocketAddress remote) throws IOException {
        LocalPorts ports = LocalPorts.builder().range(10_000, 29_999).build();
        try (Socket socket = ports.connect(remote)) {
            socket.getOutputStream().write(1);

            boolean chosen = socket.getLocalPort() >= 10_000 && socket.getLocalPort() <= 29_999;
            System.out.println(chosen ? "a port of the range" : "port " + socket.getLocalPort());
        }
    }

    private static void refused() throws IOException {
        int nobodys;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodys = closed.getLocalPort();
        }
        LocalPorts ports = LocalPorts.builder().range(10_000, 29_999).build();
        Socket socket = ports.socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), nobodys));
        } catch (ConnectException e) {
            System.out.println("refused, in use " + inUse(ports));
        }
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), nobodys));
        } catch (SocketException e) {
            System.out.println("closed by that, in use " + inUse(ports));
        }
    }

    private static void usedUpAndThereAgain(InetSocketAddress remote) throws IOException {
        LocalPorts ports = onePort(remote);
        Socket only = ports.connect(remote);
        try {
            ports.connect(remote);
        } catch (PortsExhaustedException e) {
            System.out.println("used up");
        }
        only.setSoLinger(true, 0); // the port is free at once
        only.close();
        try (Socket again = ports.connect(remote)) {
            System.out.println("again, connected " + again.isConnected() + ", in use " + inUse(ports));
        }
        System.out.println("in the end in use " + inUse(ports));
    }

    private static void channels(InetSocketAddress remote) throws IOException {
        LocalPorts ports = onePort(remote);
        try (SocketChannel channel = ports.connectChannel(remote)) {
            System.out.println("channel, connected " + channel.isConnected() + ", in use " + inUse(ports));
        }
        System.out.println("in the end in use " + inUse(ports));
    }

    /** With one port that nobody else has just now. */
    private static LocalPorts onePort(InetSocketAddress remote) throws IOException {
        LocalPorts ports = LocalPorts.builder().range(10_000, 29_999).build();
        try (Socket socket = ports.connect(remote)) {
            socket.setSoLinger(true, 0);
            return LocalPorts.builder()
                    .range(socket.getLocalPort(), socket.getLocalPort())
                    .build();
        }
    }

    private static int inUse(LocalPorts ports) {
        return ports.usage().get(0).inUse();
    }
}

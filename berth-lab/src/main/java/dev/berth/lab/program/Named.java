package dev.berth.lab.program;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code PORT...}: a server that answers every line with the name of its process, for as long as the client keeps the connection. */
public final class Named {
    private static final int BACKLOG = 1_000;

    private Named() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String name = Files.readString(Path.of("/proc/self/comm")).strip();
        for (String port : args) {
            listen(name, Integer.parseInt(port));
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }

    /** @param port 0 for one of the system's choice */
    static ServerSocket listen(String name, int port) throws IOException {
        var listener = new ServerSocket();
        listener.bind(new InetSocketAddress(port), BACKLOG);
        Thread.ofVirtual().start(() -> accept(listener, name));
        return listener;
    }

    private static void accept(ServerSocket listener, String name) {
        try {
            while (true) {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> answer(connection, name));
            }
        } catch (IOException e) {
            System.out.println("failed=" + e.getMessage());
        }
    }

    private static void answer(Socket connection, String name) {
        try (connection) {
            while (true) {
                Line.read(connection);
                Line.write(connection, name);
            }
        } catch (EOFException e) { // the client has had its answers
        } catch (IOException e) {
            System.out.println("lost=" + e.getMessage());
        }
    }
}

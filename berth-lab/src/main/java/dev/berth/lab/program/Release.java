package dev.berth.lab.program;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;

/**
 * A version of a server. It has one call in hand at a time and answers it with its version; the others wait in the kernel's accept queue.
 * Asked to end, it stops listening, answers the call it has, and ends.
 *
 * <pre>
 * version=1
 * port=8080
 * reuse-port=off  on: sets SO_REUSEPORT
 * </pre>
 */
public final class Release {
    private static final int BACKLOG = 1_000;

    private final ServerSocket listener;
    private final String version;

    private Release(ServerSocket listener, String version) {
        this.listener = listener;
        this.version = version;
    }

    public static void main(String... args) throws IOException {
        var given = Arguments.of(args);
        try (var listener = new ServerSocket()) {
            listener.setOption(StandardSocketOptions.SO_REUSEPORT, given.on("reuse-port", false));
            listener.bind(new InetSocketAddress(given.number("port", 8080)), BACKLOG);
            System.out.println("ready");
            new Release(listener, "v" + given.text("version", "1")).serve();
        } catch (BindException e) {
            System.out.println(e);
            System.exit(1);
        }
    }

    private void serve() throws IOException {
        Thread server = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "end of the server"));
        while (true) {
            try (Socket call = listener.accept()) {
                Line.read(call);
                Line.write(call, version);
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
                System.out.println("lost=" + e.getMessage());
            }
        }
    }

    private void stop(Thread server) {
        try {
            listener.close();
            System.out.println("stopped listening");
            server.join();
        } catch (IOException | InterruptedException e) {
            System.out.println("failed=" + e.getMessage());
        }
    }
}

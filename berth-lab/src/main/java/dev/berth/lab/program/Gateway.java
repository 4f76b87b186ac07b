package dev.berth.lab.program;

import dev.berth.client.LocalPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code to=HOST:PORT users=N step=N connects=N [ports=FIRST-LAST]}: holds a connection to one server for each of its users. Before the
 * first comes and whenever {@code step} more have come it times so many connects, which are reset, so that no more are held than
 * before. The kernel chooses the local ports or, from {@code ports}, the client library. Ends with the first connect that fails.
 */
public final class Gateway {
    private static final int WARM_UPS = 3_000;
    private static final double MICRO = 1e3; // in nanoseconds

    private final Connector connector;
    private final InetSocketAddress server;
    private final int connects;
    private final List<Socket> held = new ArrayList<>();

    /** A way to connect; the socket is made by it. */
    @FunctionalInterface
    private interface Connector {
        Socket connect(InetSocketAddress remote) throws IOException;
    }

    private Gateway(Connector connector, InetSocketAddress server, int connects) {
        this.connector = connector;
        this.server = server;
        this.connects = connects;
    }

    public static void main(String... args) throws IOException, InterruptedException {
        var given = Arguments.of(args);
        var gateway = new Gateway(
                connector(given.text("ports")),
                Address.of(Objects.requireNonNull(given.text("to"))),
                given.number("connects", 1));
        gateway.warmUp();
        gateway.admit(given.number("users", 0), given.number("step", 1));
        System.out.println("all are connected");
        Thread.sleep(Long.MAX_VALUE);
    }

    private static Connector connector(@Nullable String ports) {
        if (ports == null) {
            return Gateway::plain;
        }
        String[] ends = ports.split("-", 2);
        return LocalPorts.builder()
                .range(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]))
                .build()::connect;
    }

    private static Socket plain(InetSocketAddress remote) throws IOException {
        var socket = new Socket();
        socket.connect(remote);
        return socket;
    }

    /** To a listener of its own: the first connects of a JVM are slower than those that come after. */
    private void warmUp() throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var here = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
            for (int i = 0; i < WARM_UPS; i++) {
                Socket socket = connected(here);
                listener.accept().close();
                socket.close();
            }
        }
    }

    private void admit(int users, int step) throws IOException {
        time();
        while (held.size() < users) {
            for (int more = Math.min(step, users - held.size()); more > 0; more--) {
                held.add(connected(server));
            }
            time();
        }
    }

    /** Its close is a reset, which leaves no TIME_WAIT; also when the process is ended. */
    private Socket connected(InetSocketAddress remote) throws IOException {
        Socket socket = connector.connect(remote);
        socket.setSoLinger(true, 0);
        return socket;
    }

    private void time() throws IOException {
        var nanos = new long[connects];
        for (int i = 0; i < connects; i++) {
            long begun = System.nanoTime();
            Socket socket = connector.connect(server);
            nanos[i] = System.nanoTime() - begun;
            socket.setSoLinger(true, 0);
            socket.close();
        }
        Arrays.sort(nanos);
        System.out.println(String.format(
                Locale.ROOT,
                "users=%d medianMicros=%.1f p99Micros=%.1f",
                held.size(),
                nanos[connects / 2] / MICRO,
                nanos[connects * 99 / 100] / MICRO));
    }
}

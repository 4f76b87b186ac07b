package dev.berth.lab.client;

import dev.berth.client.ConnectAttempt;
import dev.berth.client.Lease;
import dev.berth.client.LocalPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One destination, to which the same part of the kernel's ports and of the library's is in use: each chose its own. The
 * other ends stay in the listener's queue, established all the same, and take no files.
 */
final class Fill implements AutoCloseable {
    static final int BACKLOG = 1_000_000; // as net.core.somaxconn allows

    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long TIME_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final LocalPorts library;
    private final Holders holders;
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final InetSocketAddress destination;
    private final List<Object> held = new ArrayList<>(); // what is connected, for the library
    private final List<Lease> leases = new ArrayList<>();
    private long timeWaitSince;

    Fill(LocalPorts library, Holders holders, int port) throws IOException {
        this.library = library;
        this.holders = holders;
        this.destination = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        listener.bind(destination, BACKLOG);
    }

    InetSocketAddress destination() {
        return destination;
    }

    /** Connects so many times by the kernel's choice, and so many by the library's. */
    void establish(int connections) throws IOException {
        holders.connect(destination.getPort(), new int[connections]);
        var chosen = new int[connections];
        for (int i = 0; i < connections; i++) {
            try (ConnectAttempt attempt = library.attempt(destination)) {
                chosen[i] = Objects.requireNonNull(attempt.next()).getPort();
                var connection = new Object();
                held.add(connection);
                leases.add(attempt.connected(connection));
            }
        }
        holders.connect(destination.getPort(), chosen);
    }

    /** Closes all of them, this side first. */
    void leaveTimeWait() throws IOException {
        timeWaitSince = System.nanoTime();
        holders.closeAll();
        leases.forEach(Lease::release);
        listener.configureBlocking(false);
        int wanted = 2 * leases.size();
        while (true) { // a close may go on when close() has returned
            closeAccepted();
            int waiting = waiting();
            if (waiting >= wanted) {
                return;
            }
            if (System.nanoTime() - timeWaitSince >= SETTLED_NANOS) {
                throw new IOException(
                        String.format(Locale.ROOT, "%,d sockets in TIME_WAIT, want %,d", waiting, wanted));
            }
            Thread.onSpinWait();
        }
    }

    private void closeAccepted() throws IOException {
        for (SocketChannel accepted = listener.accept(); accepted != null; accepted = listener.accept()) {
            accepted.close();
        }
    }

    private static int waiting() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/thread-self/net/sockstat"))) {
            if (line.startsWith("TCP:")) {
                return Integer.parseInt(line.replaceFirst(".* tw (\\d+).*", "$1"));
            }
        }
        throw new IOException("no line TCP in /proc/thread-self/net/sockstat");
    }

    /** Why what was just measured was not measured at this fill, or null. */
    @Nullable
    String spoiled() {
        boolean over = timeWaitSince != 0 && System.nanoTime() - timeWaitSince >= TIME_WAIT_NANOS;
        return over ? "TIME_WAIT was over before all was measured: the machine is too busy" : null;
    }

    @Override
    public void close() throws IOException {
        holders.closeAll();
        leases.forEach(Lease::releaseAtOnce);
        listener.close();
    }
}

package dev.berth.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The system chooses the port. */
final class SystemAttempt extends ConnectAttempt {
    private final LocalPortMetrics metrics;

    SystemAttempt(InetSocketAddress remote, boolean reuseAddress, LocalPortMetrics metrics) {
        super(remote, reuseAddress);
        this.metrics = metrics;
    }

    @Override
    public @Nullable InetSocketAddress next() {
        return null;
    }

    @Override
    public void bindFailed(IOException reason) throws IOException {
        throw reason;
    }

    @Override
    public void connectFailed(IOException reason) throws IOException {
        throw reason;
    }

    @Override
    public Lease connected(Object connection) {
        metrics.connected(remote(), 1);
        return new LooseLease(remote(), metrics);
    }

    @Override
    public void close() {
        // nothing was taken
    }
}

package dev.berth.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A {@link LocalEndpointSelector} chooses. */
final class SelectorAttempt extends ConnectAttempt {
    private final LocalEndpointSelector selector;
    private final int attempts;
    private final LocalPortMetrics metrics;
    private int asked;
    private @Nullable InetAddress source;
    private @Nullable IOException lastRefusal;

    SelectorAttempt(
            InetSocketAddress remote,
            boolean reuseAddress,
            LocalEndpointSelector selector,
            int attempts,
            LocalPortMetrics metrics) {
        super(remote, reuseAddress);
        this.selector = selector;
        this.attempts = attempts;
        this.metrics = metrics;
    }

    @Override
    public @Nullable InetSocketAddress next() throws IOException {
        if (asked == attempts) {
            var exhausted = new PortsExhaustedException(remote(), asked, 0, 0, 0, null);
            exhausted.initCause(lastRefusal);
            metrics.exhausted(exhausted);
            throw exhausted;
        }
        InetSocketAddress local = selector.select(remote(), asked++);
        source = local == null || local.getAddress().isAnyLocalAddress() ? null : local.getAddress();
        return local;
    }

    @Override
    public void bindFailed(IOException reason) throws IOException {
        Refusal.ofBind(reason, source);
        lost(reason);
    }

    @Override
    public void connectFailed(IOException reason) throws IOException {
        Refusal.ofConnect(reason, remote());
        lost(reason);
    }

    private void lost(IOException reason) {
        lastRefusal = reason;
        metrics.lostRace(remote());
    }

    @Override
    public Lease connected(Object connection) {
        metrics.connected(remote(), asked);
        return new LooseLease(remote(), metrics);
    }

    @Override
    public void close() {
        // nothing is remembered of what the selector chose
    }
}

package dev.berth.client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A {@link LocalEndpointSelector} chooses. */
final class SelectorAttempt extends ConnectAttempt {
    private final LocalEndpointSelector selector;
    private final int attempts;
    private final LocalPortMetrics metrics;
    private int asked;
    private @Nullable InetSocketAddress local;
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
            var exhausted = new PortsExhaustedException(remote(), asked);
            exhausted.initCause(lastRefusal);
            metrics.exhausted(exhausted);
            throw exhausted;
        }
        local = selector.select(remote(), asked++);
        if (local != null) {
            check(local);
        }
        return local;
    }

    private void check(InetSocketAddress chosen) throws IOException {
        if (chosen.isUnresolved()) {
            throw new UnknownHostException("the selector named a local address that is not resolved: " + chosen);
        }
        boolean sameFamily =
                chosen.getAddress() instanceof Inet4Address == remote().getAddress() instanceof Inet4Address;
        if (!sameFamily && !chosen.getAddress().isAnyLocalAddress()) {
            throw new NoLocalAddressException(
                    "the selector named " + chosen + ", which is not of the family of " + remote());
        }
    }

    @Override
    public void bindFailed(IOException reason) throws IOException {
        Refusal.ofBind(reason, source());
        lost(reason);
    }

    private @Nullable InetAddress source() {
        return local == null || local.getAddress().isAnyLocalAddress() ? null : local.getAddress();
    }

    @Override
    public void connectFailed(IOException reason) throws IOException {
        if (local == null) {
            throw reason; // the system chose, and has no port either
        }
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

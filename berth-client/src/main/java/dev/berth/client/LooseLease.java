package dev.berth.client;

import java.net.InetSocketAddress;

/** The lease of a port that no table knows: the system chose it, or somebody's code. */
final class LooseLease extends Lease {
    private final InetSocketAddress remote;
    private final LocalPortMetrics metrics;

    LooseLease(InetSocketAddress remote, LocalPortMetrics metrics) {
        this.remote = remote;
        this.metrics = metrics;
    }

    @Override
    void ended(boolean waits) {
        metrics.closed(remote, waits);
    }
}

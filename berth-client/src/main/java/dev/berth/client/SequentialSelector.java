package dev.berth.client;

import dev.berth.net.PortRange;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One port of the range after the other; the step and the wrap are one. */
final class SequentialSelector implements LocalEndpointSelector {
    private final PortRange range;
    private final AtomicInteger next;

    SequentialSelector(PortRange range) {
        this.range = range;
        // not its first port: a program that starts anew would walk over what its predecessor left in TIME_WAIT
        this.next = new AtomicInteger(ThreadLocalRandom.current().nextInt(range.first(), range.last() + 1));
    }

    @Override
    public InetSocketAddress select(InetSocketAddress remote, int retryCount) {
        return new InetSocketAddress(next.getAndUpdate(port -> port == range.last() ? range.first() : port + 1));
    }

    @Override
    public String toString() {
        return "ports " + range + ", one after the other";
    }
}

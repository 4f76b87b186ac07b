package dev.berth.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The sample for {@code BindIPEndPointDelegate} that was copied all over the world
 * (blogs.msdn.com/b/dgorti/archive/2005/09/18/470766.aspx), statement by statement: {@code Interlocked.Increment} is {@link
 * AtomicInteger#incrementAndGet}, and {@code Interlocked.CompareExchange(ref last, 5001, 65534)} makes 65534 a 5001.
 */
final class CopiedSample implements LocalEndpointSelector {
    private final AtomicInteger lastBindPortUsed;
    private final Consumer<CopiedSample> betweenTheSteps;

    /**
     * @param last what the counter has come to: 5001 at first
     * @param betweenTheSteps what other threads do between the increment and the wrap
     */
    CopiedSample(int last, Consumer<CopiedSample> betweenTheSteps) {
        this.lastBindPortUsed = new AtomicInteger(last);
        this.betweenTheSteps = betweenTheSteps;
    }

    @Override
    public InetSocketAddress select(InetSocketAddress remote, int retryCount) {
        int port = lastBindPortUsed.incrementAndGet();
        betweenTheSteps.accept(this);
        lastBindPortUsed.compareAndSet(65534, 5001);
        String any = remote.getAddress() instanceof Inet4Address ? "0.0.0.0" : "::";
        return new InetSocketAddress(InetAddress.ofLiteral(any), port);
    }
}

package dev.berth.client;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Passes on what happens, and keeps what the counter throws from the connection it is told of. */
final class HarmlessMetrics implements LocalPortMetrics {
    private final LocalPortMetrics counter;
    private final AtomicBoolean failed = new AtomicBoolean();

    HarmlessMetrics(LocalPortMetrics counter) {
        this.counter = counter;
    }

    @Override
    public void connected(InetSocketAddress destination, int candidates) {
        tell(to -> to.connected(destination, candidates));
    }

    @Override
    public void lostRace(InetSocketAddress destination) {
        tell(to -> to.lostRace(destination));
    }

    @Override
    public void exhausted(PortsExhaustedException failure) {
        tell(to -> to.exhausted(failure));
    }

    @Override
    public void closed(InetSocketAddress destination, boolean waits) {
        tell(to -> to.closed(destination, waits));
    }

    private void tell(Consumer<LocalPortMetrics> event) {
        try {
            event.accept(counter);
        } catch (RuntimeException e) {
            if (failed.compareAndSet(false, true)) {
                String what = "a counter of local ports failed, and may count too little from now on: " + counter;
                System.getLogger("dev.berth.client").log(System.Logger.Level.WARNING, what, e);
            }
        }
    }
}

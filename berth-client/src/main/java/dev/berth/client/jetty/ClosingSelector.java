package dev.berth.client.jetty;

import java.io.Closeable;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;

/**
 * Closes the channels that come when the selector is stopped. Jetty's own (12.1.14) queues them for a loop that is over: they
 * stay open, and nobody is told how their connect ended.
 */
final class ClosingSelector extends ManagedSelector {
    ClosingSelector(SelectorManager manager, int id) {
        super(manager, id);
    }

    @Override
    public void submit(SelectorUpdate update) {
        if (update instanceof Closeable closeable) {
            var arrival = new Arrival(update, closeable);
            super.submit(arrival);
            if (!isRunning()) { // asked afterwards: what came before stop() began is seen by the loop
                arrival.close();
            }
        } else {
            super.submit(update);
        }
    }

    /** A channel to be registered, or closed, by whoever is first: when stopping begins the loop may still come to it. */
    private static final class Arrival implements SelectorUpdate, Closeable {
        private final SelectorUpdate update;
        private final Closeable closeable;
        private final AtomicBoolean settled = new AtomicBoolean();

        Arrival(SelectorUpdate update, Closeable closeable) {
            this.update = update;
            this.closeable = closeable;
        }

        @Override
        public void update(Selector selector) {
            if (settled.compareAndSet(false, true)) {
                update.update(selector);
            }
        }

        @Override
        public void close() {
            if (settled.compareAndSet(false, true)) {
                IO.close(closeable);
            }
        }
    }
}

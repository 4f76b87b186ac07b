package dev.berth.client;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A local port in the hands of an open connection. Released when the connection is closed, by whatever thread; only the
 * first release counts.
 */
public abstract sealed class Lease permits TupleAttempt.Held, LooseLease {
    private final AtomicBoolean released = new AtomicBoolean();

    Lease() {}

    /**
     * The connection is closed, by this side first or nobody knows by whom: the port is held back, towards its destination,
     * for {@linkplain LocalPortsBuilder#timeWait the time of TIME_WAIT}.
     */
    public final void release() {
        end(true);
    }

    /** The connection is gone without TIME_WAIT on this side: the peer closed first, or it was reset. */
    public final void releaseAtOnce() {
        end(false);
    }

    private void end(boolean waits) {
        if (!released.getPlain() && released.compareAndSet(false, true)) {
            ended(waits);
        }
    }

    abstract void ended(boolean waits);
}

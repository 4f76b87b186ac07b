package dev.berth.client.jetty;

import dev.berth.client.Lease;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Gives its port back when it is closed. */
final class LeasedEndPoint extends SocketChannelEndPoint {
    private volatile @Nullable Lease lease;
    private volatile boolean peerClosedFirst;

    LeasedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    void leased(Lease newLease) {
        lease = newLease;
    }

    /** The end of what the peer sends was read, and this side has ended nothing: afterwards Jetty calls something else. */
    @Override
    protected void doShutdownInput() {
        peerClosedFirst = true;
        super.doShutdownInput();
    }

    @Override
    public void doClose() {
        try {
            super.doClose();
        } finally {
            Lease held = lease;
            if (held != null && peerClosedFirst) {
                held.releaseAtOnce();
            } else if (held != null) {
                held.release();
            }
        }
    }
}

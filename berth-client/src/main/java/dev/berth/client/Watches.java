package dev.berth.client;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.channels.Channel;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connections that are gone although nobody said so, on the threads that connect. A socket says when it is
 * closed; a {@link Channel} does not, so each look asks a few of them in turn, and a last one all.
 */
final class Watches {
    private static final int CHANNELS_IN_A_LOOK =
            2; // each connect adds one and looks at two: all are seen in half a round
    private static final int PART_OF_TIME = 8; // for looks at all channels, which take 10 ns each

    private final Set<Watch> sockets = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> lost = new ReferenceQueue<>();
    private final ArrayDeque<Watch> channels = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock(); // of channels
    private long nextLookAtAll = System.nanoTime();

    Watch add(Object connection, Lease lease) {
        var watch = new Watch(connection, lost, lease);
        if (connection instanceof Channel) {
            lock.lock();
            try {
                channels.addLast(watch);
            } finally {
                lock.unlock();
            }
        } else {
            sockets.add(watch);
        }
        return watch;
    }

    void remove(@Nullable Watch watch) {
        if (watch != null) {
            watch.clear();
            sockets.remove(watch);
        }
    }

    /** Releases the ports of a few connections that are gone. */
    void look() {
        for (Reference<?> gone = lost.poll(); gone != null; gone = lost.poll()) {
            ((Watch) gone).lease().release();
        }
        if (lock.tryLock()) {
            try {
                look(Math.min(CHANNELS_IN_A_LOOK, channels.size()));
            } finally {
                lock.unlock();
            }
        }
    }

    /** Releases the ports of all channels that are closed, unless that was done only just now. */
    void lookAtAll() {
        long begun = System.nanoTime();
        if (lock.tryLock()) {
            try {
                if (begun - nextLookAtAll >= 0) {
                    look(channels.size());
                    long end = System.nanoTime();
                    nextLookAtAll = end + (end - begun) * PART_OF_TIME;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void look(int count) {
        for (int i = 0; i < count; i++) {
            Watch watch = channels.removeFirst();
            if (watch.isOpen()) {
                channels.addLast(watch);
            } else {
                watch.lease().release();
            }
        }
    }
}

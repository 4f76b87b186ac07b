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
 * closed; a {@link Channel} does not, so each look asks a few of them in turn, and a last one all. What is found goes
 * where the garbage collector puts what it finds, and is released from there with no lock held.
 */
final class Watches {
    private static final int CHANNELS_IN_A_LOOK =
            2; // each connect adds one and looks at two: all are seen in half a round
    private static final int CHANNELS_AT_LAST = 256; // some 3 µs
    private static final int PART_OF_TIME = 8; // for last looks at all channels, which take 10 ns each

    private final Set<Watch> sockets = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final ArrayDeque<Watch> channels = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock(); // of channels and nextLookAtAll
    private long nextLookAtAll = System.nanoTime();

    void add(Object connection, TupleAttempt.Held lease) {
        var watch = new Watch(connection, gone, lease);
        lease.watchedBy(watch);
        try {
            if (connection instanceof Channel) {
                addChannel(watch);
            } else {
                sockets.add(watch);
            }
        } finally {
            Reference.reachabilityFence(connection); // found to be gone before it is in there, it would stay there
        }
    }

    private void addChannel(Watch watch) {
        lock.lock();
        try {
            channels.addLast(watch);
        } finally {
            lock.unlock();
        }
    }

    void remove(@Nullable Watch watch) {
        if (watch != null) {
            watch.clear();
            sockets.remove(watch);
        }
    }

    /** Releases the ports of a few connections that are gone. */
    void look() {
        if (lock.tryLock()) {
            try {
                sortOut(CHANNELS_IN_A_LOOK);
            } finally {
                lock.unlock();
            }
        }
        releaseGone();
    }

    /** Releases the ports of all connections that are gone; but where channels are many, of all only now and then. */
    void lastLook() {
        long begun = System.nanoTime();
        lock.lock();
        try {
            if (begun - nextLookAtAll < 0) {
                sortOut(CHANNELS_AT_LAST);
            } else {
                sortOut(channels.size());
                long end = System.nanoTime();
                nextLookAtAll = end + (end - begun) * PART_OF_TIME;
            }
        } finally {
            lock.unlock();
        }
        releaseGone();
    }

    /** Releases the ports of all connections that are gone. */
    void lookAtAll() {
        lock.lock();
        try {
            sortOut(channels.size());
        } finally {
            lock.unlock();
        }
        releaseGone();
    }

    private void sortOut(int most) {
        for (int i = Math.min(most, channels.size()); i > 0; i--) {
            Watch watch = channels.removeFirst();
            if (watch.isOpen()) {
                channels.addLast(watch);
            } else {
                watch.enqueue();
            }
        }
    }

    /** One by one: what a callback throws here keeps nobody from releasing the rest later. */
    private void releaseGone() {
        for (Reference<?> watch = gone.poll(); watch != null; watch = gone.poll()) {
            ((Watch) watch).lease().release();
        }
    }
}

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
 * closed; a {@link Channel} does not, so each look asks a few of them in turn, and a last one goes on until it has found
 * something. What is found goes where the garbage collector puts what it finds, and is released from there with no lock held.
 */
final class Watches {
    private static final int CHANNELS_IN_A_LOOK = 2; // each connect adds one at most: a round is soon done
    private static final int CHANNELS_AT_ONCE = 256; // some 3 µs
    private static final int MANY = 8_192; // some 80 µs: to ask more than these in vain is not worth it every time

    private final Set<Watch> sockets = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final ArrayDeque<Watch> channels = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock(); // of channels and pauseUntil
    private long pauseUntil = System.nanoTime();

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

    /**
     * Releases the port of a connection that is gone, if there is any, and of some more; says whether it did. Who has
     * asked many channels in vain begins a pause, in which a few are asked and not all.
     */
    boolean lastLook() {
        boolean found = findSome();
        return releaseGone() || found; // another thread may have released what was found
    }

    private boolean findSome() {
        lock.lock();
        try {
            long begun = System.nanoTime();
            int most = begun - pauseUntil < 0 ? CHANNELS_AT_ONCE : channels.size();
            for (int asked = 0; asked < most; asked += CHANNELS_AT_ONCE) {
                if (sortOut(Math.min(CHANNELS_AT_ONCE, most - asked))) {
                    return true;
                }
            }
            if (most > MANY) {
                long end = System.nanoTime();
                pauseUntil = end + 2 * (end - begun);
            }
            return false;
        } finally {
            lock.unlock();
        }
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

    private boolean sortOut(int most) {
        boolean found = false;
        for (int i = Math.min(most, channels.size()); i > 0; i--) {
            Watch watch = channels.removeFirst();
            if (watch.isOpen()) {
                channels.addLast(watch);
            } else {
                watch.enqueue();
                found = true;
            }
        }
        return found;
    }

    /** One by one: what a callback throws here keeps nobody from releasing the rest later. */
    private boolean releaseGone() {
        boolean any = false;
        for (Reference<?> watch = gone.poll(); watch != null; watch = gone.poll()) {
            ((Watch) watch).lease().release();
            any = true;
        }
        return any;
    }
}

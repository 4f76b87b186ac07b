package dev.berth.client.tuples;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The local ports towards one destination. A <em>tuple</em> is what it hands out: the index of a source address in the
 * high half of a long, that of a candidate in the low half. Thread-safe; no method waits for anything but the lock, which
 * nobody holds for longer than a search takes.
 *
 * <p>Who works with a destination has entered it ({@link Destinations#enter}) and leaves it ({@link #leave}): in between
 * it is not forgotten. Times are those of {@link System#nanoTime}.
 */
public final class Destination {
    /** No tuple is free. */
    public static final long NONE = -1;

    private static final int RETIRED = -1;

    private final InetSocketAddress remote;
    private final Space space;
    private final TupleTable[] own; // by source
    private final TupleTable @Nullable [] everybodys; // where ports are not shared: one for all destinations, by source
    private final PortBits[][] layers; // by source: what is looked through, the excluded ones first
    private final ReentrantLock lock;
    private final long place;
    private final AtomicInteger visitors = new AtomicInteger(1); // who makes it is in it
    private volatile long lastUsed;
    private int nextSource;
    private int inUse;
    private long lostRaces;
    private long exhaustions;

    Destination(InetSocketAddress remote, Space space, int sources, long now) {
        this.remote = remote;
        this.space = space;
        this.own = space.tables(sources);
        this.everybodys = space.everybodys(remote);
        this.lock = space.lock();
        this.place = space.ordering().place(remote);
        this.lastUsed = now;
        this.layers = new PortBits[sources][];
        int itself = space.candidates().indexOf(remote.getPort());
        for (int source = 0; source < sources; source++) {
            if (itself >= 0 && space.mayBeOneself(remote, source)) {
                own[source].taken.set(itself); // a connection to the port it comes from would find itself
            }
            if (!space.mayReach(remote, source)) {
                own[source].taken.setAll();
            }
            layers[source] = everybodys == null
                    ? new PortBits[] {space.excluded(), own[source].taken}
                    : new PortBits[] {space.excluded(), own[source].taken, everybodys[source].taken};
        }
    }

    /** Where it is, with the host name it was first asked for by. */
    public InetSocketAddress remote() {
        return remote;
    }

    boolean enter() {
        return visitors.getAndUpdate(count -> count == RETIRED ? RETIRED : count + 1) != RETIRED;
    }

    /** The caller's business with it is done. */
    public void leave() {
        visitors.decrementAndGet();
    }

    /**
     * A free tuple, which is in use from now on; or {@link #NONE}.
     *
     * @param now the time
     * @param begun when this connection was begun: ports that were lost before are tried again when no other is left
     */
    public long take(long now, long begun) {
        int drawn = space.ordering().draw(space.candidates().size());
        lock.lock();
        try {
            lastUsed = now;
            int first = nextSource;
            nextSource = first + 1 == own.length ? 0 : first + 1;
            for (int i = 0; i < own.length; i++) {
                int source = first + i < own.length ? first + i : first + i - own.length;
                int index = find(source, now, drawn);
                if (index >= 0) {
                    return use(source, index);
                }
            }
            for (int source = 0; source < own.length; source++) {
                int index = takeLost(source, begun);
                if (index >= 0) {
                    return use(source, index);
                }
            }
            return NONE;
        } finally {
            lock.unlock();
        }
    }

    private int find(int source, long now, int drawn) {
        refresh(source, now);
        int size = space.candidates().size();
        int start = space.ordering().start(place, size, drawn);
        int index = PortBits.nextClear(layers[source], start);
        if (index < 0) {
            index = PortBits.nextClear(layers[source], 0);
        }
        if (index >= 0) {
            space.ordering().taken(place, index, size);
        }
        return index;
    }

    private void refresh(int source, long now) {
        layers[source][0] = space.excluded();
        own[source].expire(now);
        if (everybodys != null) {
            everybodys[source].expire(now);
        }
    }

    /** A port that others had when it was tried last, unless that was only just now; or a negative number. */
    private int takeLost(int source, long begun) {
        HeldBack lost = own[source].lost;
        while (!lost.isEmpty() && lost.firstUntil() - Space.LOST_NANOS - begun < 0) {
            int index = lost.removeFirst();
            own[source].taken.clear(index);
            boolean free = !space.excluded().get(index) && (everybodys == null || !everybodys[source].taken.get(index));
            if (free) {
                return index;
            }
        }
        return -1;
    }

    private long use(int source, int index) {
        inUseTable(source).taken.set(index);
        inUse++;
        return (long) source << 32 | index;
    }

    private TupleTable inUseTable(int source) {
        return everybodys != null && space.scope().inUseForAll() ? everybodys[source] : own[source];
    }

    private TupleTable waitingTable(int source) {
        return everybodys != null && space.scope().waitsForAll() ? everybodys[source] : own[source];
    }

    /** The tuple is free again: it was not connected, or its connection left no TIME_WAIT here. */
    public void free(long tuple) {
        lock.lock();
        try {
            unuse(tuple);
        } finally {
            lock.unlock();
        }
    }

    /** The connection is closed, and the tuple held back until then. */
    public void holdBack(long tuple, long until) {
        lock.lock();
        try {
            unuse(tuple);
            holdBack(waitingTable(source(tuple)), waitingTable(source(tuple)).waiting, tuple, until);
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else has the tuple, or its port: it is passed over for a while. */
    public void lose(long tuple, long now) {
        lock.lock();
        try {
            unuse(tuple);
            holdBack(own[source(tuple)], own[source(tuple)].lost, tuple, now + Space.LOST_NANOS);
            lostRaces++;
        } finally {
            lock.unlock();
        }
    }

    private void unuse(long tuple) {
        inUseTable(source(tuple)).taken.clear((int) tuple);
        inUse--;
    }

    private static void holdBack(TupleTable table, HeldBack among, long tuple, long until) {
        table.taken.set((int) tuple);
        among.add((int) tuple, until);
    }

    /** Which of the source addresses the tuple has. */
    public static int source(long tuple) {
        return (int) (tuple >>> 32);
    }

    /** The local port of the tuple. */
    public int port(long tuple) {
        return space.candidates().port((int) tuple);
    }

    /** How many tuples there are, free or not. */
    public int size() {
        return own.length * space.candidates().size();
    }

    /** What is known of it now. */
    public Usage usage(long now) {
        lock.lock();
        try {
            return count(now);
        } finally {
            lock.unlock();
        }
    }

    /** A connection was given up for want of a tuple: counts that, and tells what is known now. */
    public Usage exhausted(long now) {
        lock.lock();
        try {
            exhaustions++;
            return count(now);
        } finally {
            lock.unlock();
        }
    }

    private Usage count(long now) {
        int waiting = 0;
        int free = 0;
        long earliest = Long.MAX_VALUE;
        for (int source = 0; source < own.length; source++) {
            refresh(source, now);
            HeldBack held = waitingTable(source).waiting;
            waiting += held.size();
            free += PortBits.countClear(layers[source]);
            if (!held.isEmpty()) {
                earliest = Math.min(earliest, held.firstUntil() - now);
            }
        }
        return new Usage(inUse, waiting, free, lostRaces, exhaustions, earliest);
    }

    long lastUsed() {
        return lastUsed;
    }

    /** Forgets it, if nobody is in it; {@code evenWaiting} forgets ports in TIME_WAIT too. */
    boolean retire(long now, boolean evenWaiting) {
        return (evenWaiting || nothingWaits(now)) && visitors.compareAndSet(0, RETIRED);
    }

    private boolean nothingWaits(long now) {
        lock.lock();
        try {
            for (TupleTable table : own) {
                table.expire(now);
                if (!table.waiting.isEmpty()) {
                    return false;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isUnused() {
        return visitors.get() == 0;
    }

    /**
     * What one destination has of the local ports.
     *
     * @param waiting ports in TIME_WAIT towards it, or where that keeps them from all, towards any destination
     * @param earliestNanos when the first port that waits is free, from now; {@link Long#MAX_VALUE} when none waits
     */
    public record Usage(int inUse, int waiting, int free, long lostRaces, long exhaustions, long earliestNanos) {}
}

package dev.berth.client.tuples;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The destinations that are known, at most so many: those that nobody uses are forgotten, first those with nothing in
 * TIME_WAIT, then those used longest ago. One with an open connection is never forgotten, so where more than that have
 * one there are more, and up to an eighth on top. To forget TIME_WAIT costs a lost race at worst.
 */
public final class Destinations {
    private static final int PART = 8; // an eighth at a time: to find whom to forget takes a walk over all

    private final Space space;
    private final int limit;
    private final ConcurrentHashMap<Object, Destination> known = new ConcurrentHashMap<>(); // by Scoped.key
    private final ReentrantLock forgetting = new ReentrantLock();
    private volatile int walkAt; // how many are known when those to be forgotten are looked for again

    public Destinations(Space space, int limit) {
        this.space = space;
        this.limit = limit;
        this.walkAt = limit;
    }

    /** The destination at {@code remote}, entered; or null when no source address has its family. */
    public @Nullable Destination enter(InetSocketAddress remote, long now) {
        Object key = Scoped.key(remote);
        while (true) {
            Destination destination = known.get(key);
            if (destination == null) {
                int sources = space.sourceCount(remote);
                if (sources == 0) {
                    return null;
                }
                makeRoom(now);
                var entered = new Destination(remote, space, sources, now);
                destination = known.putIfAbsent(key, entered);
                if (destination == null) {
                    return entered;
                }
            }
            if (destination.enter()) {
                return destination;
            }
            known.remove(key, destination); // it was being forgotten
        }
    }

    private void makeRoom(long now) {
        if (known.size() >= walkAt) {
            forget(now);
        }
    }

    private void forget(long now) {
        if (!forgetting.tryLock()) {
            return; // somebody is at it
        }
        try {
            known.values().removeIf(destination -> destination.retire(now, false));
            if (known.size() >= limit) {
                forgetOldest(now);
            }
            int left = known.size();
            walkAt = Math.max(limit, left + left / PART + 1);
        } finally {
            forgetting.unlock();
        }
    }

    private void forgetOldest(long now) {
        var unused = new ArrayList<Aged>();
        for (Destination destination : known.values()) {
            if (destination.isUnused()) {
                unused.add(new Aged(now - destination.lastUsed(), destination));
            }
        }
        unused.sort(Comparator.comparingLong(Aged::nanos).reversed());
        for (Aged old : unused.subList(0, Math.min(unused.size(), 1 + limit / PART))) {
            if (old.destination.retire(now, true)) {
                known.remove(Scoped.key(old.destination.remote()), old.destination);
            }
        }
    }

    private record Aged(long nanos, Destination destination) {}

    /** All that are known, in no order. */
    public List<Destination> all() {
        return List.copyOf(known.values());
    }
}

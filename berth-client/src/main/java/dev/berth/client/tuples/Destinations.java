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
 * TIME_WAIT, then those used longest ago. One with an open connection is never forgotten, so there may be more of them
 * while more have connections. To forget TIME_WAIT costs a lost race at worst.
 */
public final class Destinations {
    private final Space space;
    private final int limit;
    private final ConcurrentHashMap<InetSocketAddress, Destination> known = new ConcurrentHashMap<>();
    private final ReentrantLock forgetting = new ReentrantLock();

    public Destinations(Space space, int limit) {
        this.space = space;
        this.limit = limit;
    }

    /** The destination at {@code remote}, entered; or null when no source address has its family. */
    public @Nullable Destination enter(InetSocketAddress remote, long now) {
        while (true) {
            Destination destination = known.get(remote);
            if (destination == null) {
                destination = create(remote, now);
                if (destination == null) {
                    return null;
                }
            }
            if (destination.enter()) {
                return destination;
            }
            known.remove(remote, destination); // it was being forgotten
        }
    }

    private @Nullable Destination create(InetSocketAddress remote, long now) {
        int sources = space.sourceCount(remote);
        if (sources == 0) {
            return null;
        }
        if (known.size() >= limit) {
            forget(now);
        }
        return known.computeIfAbsent(remote, key -> new Destination(key, space, sources));
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
        for (Aged old : unused.subList(0, Math.min(unused.size(), 1 + limit / 8))) { // not one by one: it takes a walk
            if (old.destination.retire(now, true)) {
                known.remove(old.destination.remote(), old.destination);
            }
        }
    }

    private record Aged(long nanos, Destination destination) {}

    /** All that are known, in no order. */
    public List<Destination> all() {
        return List.copyOf(known.values());
    }
}

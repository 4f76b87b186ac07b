package dev.berth.client.tuples;

import dev.berth.net.PortSet;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What all destinations have in common: the candidates, who may share them, and the order they are taken in. */
public final class Space {
    /** How long a port is passed over that somebody else turned out to have: 10 s, in nanoseconds. */
    static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Candidates candidates;
    private final Scope scope;
    private final Ordering ordering;
    private final List<InetAddress> v4;
    private final List<InetAddress> v6;
    private final boolean anySource;
    private final @Nullable ReentrantLock oneForAll;
    private final TupleTable @Nullable [] everybodysV4;
    private final TupleTable @Nullable [] everybodysV6;
    private volatile PortBits excluded;

    /** @param sources the local addresses to connect from, of either family; none: the system chooses */
    public Space(Candidates candidates, Scope scope, Ordering ordering, List<InetAddress> sources) {
        this.candidates = candidates;
        this.scope = scope;
        this.ordering = ordering;
        this.v4 = sources.stream().filter(Inet4Address.class::isInstance).toList();
        this.v6 = sources.stream()
                .filter(source -> !(source instanceof Inet4Address))
                .toList();
        this.anySource = sources.isEmpty();
        this.excluded = new PortBits(candidates.size());
        if (scope.inUseForAll()) {
            oneForAll = new ReentrantLock();
            everybodysV4 = tables(Math.max(1, v4.size()));
            everybodysV6 =
                    anySource ? everybodysV4 : tables(Math.max(1, v6.size())); // the wildcard is one of both families
        } else {
            oneForAll = null;
            everybodysV4 = null;
            everybodysV6 = null;
        }
    }

    /** From now on no port of {@code ports} is handed out; those that are in use stay so. */
    public void exclude(PortSet ports) {
        excluded = candidates.layer(ports);
    }

    /** The source address of a tuple towards {@code remote}, or null where the system chooses. */
    public @Nullable InetAddress source(InetSocketAddress remote, long tuple) {
        return anySource ? null : sources(remote).get(Destination.source(tuple));
    }

    /** How many source addresses there are towards {@code remote}; 0: none of that family, or on that link. */
    int sourceCount(InetSocketAddress remote) {
        if (anySource) {
            return 1;
        }
        List<InetAddress> ofThatFamily = sources(remote);
        boolean any = ofThatFamily.stream().anyMatch(source -> Scoped.onOneLink(source, remote.getAddress()));
        return any ? ofThatFamily.size() : 0;
    }

    private List<InetAddress> sources(InetSocketAddress remote) {
        return remote.getAddress() instanceof Inet4Address ? v4 : v6;
    }

    /** Whether the source address is, or may become, that of {@code remote}. */
    boolean mayBeOneself(InetSocketAddress remote, int source) {
        InetAddress address = remote.getAddress();
        return anySource
                ? address.isLoopbackAddress() || address.isAnyLocalAddress()
                : address.equals(sources(remote).get(source));
    }

    /** Whether the source address is on the link that {@code remote} is on, as far as either is on one. */
    boolean mayReach(InetSocketAddress remote, int source) {
        return anySource || Scoped.onOneLink(sources(remote).get(source), remote.getAddress());
    }

    TupleTable[] tables(int count) {
        var tables = new TupleTable[count];
        Arrays.setAll(tables, i -> new TupleTable(candidates.size()));
        return tables;
    }

    TupleTable @Nullable [] everybodys(InetSocketAddress remote) {
        return remote.getAddress() instanceof Inet4Address ? everybodysV4 : everybodysV6;
    }

    ReentrantLock lock() {
        return oneForAll != null ? oneForAll : new ReentrantLock();
    }

    public Candidates candidates() {
        return candidates;
    }

    Scope scope() {
        return scope;
    }

    Ordering ordering() {
        return ordering;
    }

    PortBits excluded() {
        return excluded;
    }
}

package dev.berth.client.tuples;

import dev.berth.net.PortSet;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which tuples are free, said as plainly as can be: sets of tuples, looked through from end to end. */
final class TupleModel {
    /** One connection's local end and its remote one; no source where the system chooses. */
    record Tuple(InetSocketAddress remote, int source, int port) {}

    private final Scope scope;
    private final PortSet ports;
    private final List<InetAddress> sources;
    private final long timeWait;
    private final Set<Tuple> inUse = new HashSet<>();
    private final Map<Tuple, Long> waiting = new HashMap<>();
    private final Map<Tuple, Long> lost = new LinkedHashMap<>(); // when; in that order
    private PortSet excluded = PortSet.EMPTY;

    TupleModel(Scope scope, PortSet ports, List<InetAddress> sources, long timeWait) {
        this.scope = scope;
        this.ports = ports;
        this.sources = sources;
        this.timeWait = timeWait;
    }

    private static boolean isV4(InetAddress address) {
        return address instanceof Inet4Address;
    }

    private List<InetAddress> sources(InetSocketAddress remote) {
        return sources.stream()
                .filter(source -> isV4(source) == isV4(remote.getAddress()))
                .toList();
    }

    /** All there could be towards there, free or not. */
    List<Tuple> all(InetSocketAddress remote) {
        var all = new ArrayList<Tuple>();
        int count = sources.isEmpty() ? 1 : sources(remote).size();
        for (int source = 0; source < count; source++) {
            for (int port : ports.ports().toArray()) {
                all.add(new Tuple(remote, source, port));
            }
        }
        return all;
    }

    void expire(long now) {
        waiting.values().removeIf(begun -> now - begun >= timeWait);
        lost.values().removeIf(when -> now - when >= Space.LOST_NANOS);
    }

    void exclude(PortSet set) {
        excluded = set;
    }

    private boolean isItself(Tuple tuple) {
        InetAddress remote = tuple.remote.getAddress();
        return tuple.port == tuple.remote.getPort()
                && (sources.isEmpty()
                        ? remote.isLoopbackAddress()
                        : remote.equals(sources(tuple.remote).get(tuple.source)));
    }

    /** Whether the local ends are the same, as the system sees it. */
    private boolean samePort(Tuple one, Tuple other) {
        return one.port == other.port
                && one.source == other.source
                && (sources.isEmpty() || isV4(one.remote.getAddress()) == isV4(other.remote.getAddress()));
    }

    private boolean conflicts(Tuple tuple, Set<Tuple> with, boolean forAll) {
        return with.contains(tuple) || forAll && with.stream().anyMatch(other -> samePort(tuple, other));
    }

    boolean isTaken(Tuple tuple) {
        return excluded.contains(tuple.port)
                || isItself(tuple)
                || conflicts(tuple, inUse, scope.inUseForAll())
                || conflicts(tuple, waiting.keySet(), scope.waitsForAll());
    }

    boolean isLost(Tuple tuple) {
        return lost.containsKey(tuple);
    }

    boolean wasLostBefore(Tuple tuple, long begun) {
        return Objects.requireNonNull(lost.get(tuple)) - begun < 0;
    }

    void use(Tuple tuple) {
        inUse.add(tuple);
    }

    void free(Tuple tuple) {
        inUse.remove(tuple);
    }

    void holdBack(Tuple tuple, long now) {
        inUse.remove(tuple);
        waiting.put(tuple, now);
    }

    void lose(Tuple tuple, long now) {
        inUse.remove(tuple);
        lost.put(tuple, now);
    }

    /** No tuple but lost ones was free, so they were tried in turn up to {@code found}: they are lost no longer. */
    void retryLost(InetSocketAddress remote, long begun, int source, int port) {
        for (Tuple tuple : List.copyOf(lost.keySet())) {
            boolean before = tuple.source < source || tuple.source == source && !reached(remote, source, port);
            if (tuple.remote.equals(remote) && before && wasLostBefore(tuple, begun)) {
                lost.remove(tuple);
            }
        }
    }

    private boolean reached(InetSocketAddress remote, int source, int port) {
        return !lost.containsKey(new Tuple(remote, source, port));
    }

    /** Nothing is known any longer of what belongs to the destination alone. */
    void forget(InetSocketAddress remote) {
        lost.keySet().removeIf(tuple -> tuple.remote.equals(remote));
        if (!scope.waitsForAll()) {
            waiting.keySet().removeIf(tuple -> tuple.remote.equals(remote));
        }
    }

    int inUse(InetSocketAddress remote) {
        return count(inUse, remote, false);
    }

    /** Where ports in TIME_WAIT are kept from all destinations, all of them count. */
    int waiting(InetSocketAddress remote) {
        return count(waiting.keySet(), remote, scope.waitsForAll());
    }

    private int count(Set<Tuple> tuples, InetSocketAddress remote, boolean forAll) {
        return (int) tuples.stream()
                .filter(tuple -> tuple.remote.equals(remote)
                        || forAll && all(remote).stream().anyMatch(own -> samePort(own, tuple)))
                .count();
    }

    int free(InetSocketAddress remote) {
        return (int) all(remote).stream()
                .filter(tuple -> !isTaken(tuple) && !isLost(tuple))
                .count();
    }
}

package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.tuples.TupleModel.Tuple;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A random walk of the tables, and of the model beside them. */
final class TuplesWalk {
    private static final List<InetAddress> V4 = addresses("127.0.0.1", "127.0.0.2", "192.0.2.1");
    private static final List<InetAddress> V6 = addresses("::1", "2001:db8::1");

    /** How often what happened. */
    static final class Tally {
        int taken;
        int takenThoughLost;
        int none;
        int noneThoughLostOnesAreFree;
        int forgotten;

        void add(Tally other) {
            taken += other.taken;
            takenThoughLost += other.takenThoughLost;
            none += other.none;
            noneThoughLostOnesAreFree += other.noneThoughLostOnesAreFree;
            forgotten += other.forgotten;
        }
    }

    /** A connection: it keeps its destination entered. */
    private record Held(Destination destination, long number, Tuple tuple) {}

    private final Random random;
    private final Space space;
    private final Destinations destinations;
    private final TupleModel model;
    private final PortSet ports;
    private final List<InetSocketAddress> remotes = new ArrayList<>();
    private final long timeWait;
    private final List<Held> held = new ArrayList<>();
    private final Tally tally = new Tally();
    private final boolean crowded;
    private Set<InetSocketAddress> known = new HashSet<>();
    private long now;

    TuplesWalk(Scope scope, Random random) {
        this.random = random;
        this.now = random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(1_000_000) : random.nextLong();
        this.timeWait = 1 + random.nextLong(4 * Space.LOST_NANOS);
        this.crowded = random.nextInt(3) != 0;
        this.ports = somePorts();
        List<InetAddress> sources = new ArrayList<>();
        if (random.nextBoolean()) {
            sources.addAll(V4.subList(0, random.nextInt(V4.size() + 1)));
            sources.addAll(V6.subList(0, random.nextInt(V6.size() + 1)));
        }
        int first = ports.ports().findFirst().orElseThrow();
        for (InetAddress address : List.of(V4.get(0), V4.get(2), V6.get(0), V6.get(1))) {
            remotes.add(new InetSocketAddress(address, random.nextBoolean() ? first : 443));
        }
        this.space = new Space(new Candidates(ports), scope, ordering(), sources);
        this.destinations = new Destinations(space, 1 + random.nextInt(4));
        this.model = new TupleModel(scope, ports, sources, timeWait);
    }

    private static List<InetAddress> addresses(String... texts) {
        return List.of(texts).stream().map(InetAddress::ofLiteral).toList();
    }

    private PortSet somePorts() {
        int few = 1 + random.nextInt(random.nextBoolean() ? 5 : 30);
        var bits = new BitSet();
        for (int i = 0; i < few; i++) {
            bits.set(20_000 + random.nextInt(2 * few));
        }
        return PortSet.of(bits);
    }

    private Ordering ordering() {
        var seeds = new SecureRandom();
        return switch (random.nextInt(4)) {
            case 0 -> new DoubleHash(seeds);
            case 1 -> new RandomIncrements(seeds);
            case 2 -> new OneAfterTheOther(seeds);
            default -> new AnyStart(seeds);
        };
    }

    Tally tally() {
        return tally;
    }

    void step() {
        int what = random.nextInt(100);
        if (what < (crowded ? 60 : 45)) {
            take(remotes.get(random.nextInt(remotes.size())));
        } else if (what < 90) {
            if (!held.isEmpty()) {
                give(held.remove(random.nextInt(held.size())));
            }
        } else if (what < 96) {
            now += random.nextLong(Math.max(timeWait, Space.LOST_NANOS));
        } else {
            exclude();
        }
        compare(remotes.get(random.nextInt(remotes.size())));
    }

    private void take(InetSocketAddress remote) {
        Destination destination = destinations.enter(remote, now);
        forgetWhatIsForgotten();
        model.expire(now);
        List<Tuple> all = model.all(remote);
        if (destination == null) {
            assertThat(all).isEmpty();
            return;
        }
        long begun = now - (random.nextBoolean() ? 0 : random.nextLong(Space.LOST_NANOS));
        long number = destination.take(now, begun);
        List<Tuple> free = all.stream().filter(tuple -> !model.isTaken(tuple)).toList();
        if (number == Destination.NONE) {
            tally.none++;
            tally.noneThoughLostOnesAreFree += free.isEmpty() ? 0 : 1;
            assertThat(free).allMatch(tuple -> model.isLost(tuple) && !model.wasLostBefore(tuple, begun));
            model.retryLost(remote, begun, Integer.MAX_VALUE, 0);
            destination.leave();
            return;
        }
        tally.taken++;
        var tuple = new Tuple(remote, Destination.source(number), destination.port(number));
        assertThat(free).contains(tuple);
        if (model.isLost(tuple)) {
            tally.takenThoughLost++;
            assertThat(free).allMatch(model::isLost);
            assertThat(model.wasLostBefore(tuple, begun)).isTrue();
            model.retryLost(remote, begun, tuple.source(), tuple.port());
        }
        model.use(tuple);
        held.add(new Held(destination, number, tuple));
    }

    private void give(Held back) {
        switch (random.nextInt(crowded ? 6 : 3)) {
            case 0 -> {
                back.destination.free(back.number);
                model.free(back.tuple);
            }
            case 1 -> {
                back.destination.holdBack(back.number, now + timeWait);
                model.holdBack(back.tuple, now);
            }
            default -> {
                back.destination.lose(back.number, now);
                model.lose(back.tuple, now);
            }
        }
        back.destination.leave();
    }

    private void exclude() {
        PortSet some = PortSet.EMPTY;
        if (random.nextBoolean()) {
            int first = 20_000 + random.nextInt(100);
            some = PortSet.of(new PortRange(first, first + random.nextInt(50)));
        }
        space.exclude(some);
        model.exclude(some);
    }

    /** Only what has no connection may be forgotten, and that only where there are too many. */
    private void forgetWhatIsForgotten() {
        Set<InetSocketAddress> still = new HashSet<>();
        for (Destination destination : destinations.all()) {
            still.add(destination.remote());
        }
        for (InetSocketAddress remote : known) {
            if (!still.contains(remote)) {
                assertThat(model.inUse(remote)).isZero();
                model.forget(remote);
                tally.forgotten++;
            }
        }
        known = still;
    }

    private void compare(InetSocketAddress remote) {
        model.expire(now);
        for (Destination destination : destinations.all()) {
            if (destination.remote().equals(remote)) {
                Destination.Usage usage = destination.usage(now);
                assertThat(usage.inUse()).isEqualTo(model.inUse(remote));
                assertThat(usage.waiting()).isEqualTo(model.waiting(remote));
                assertThat(usage.free()).isEqualTo(model.free(remote));
                assertThat(usage.earliestNanos() == Long.MAX_VALUE).isEqualTo(usage.waiting() == 0);
                assertThat(usage.earliestNanos()).isPositive();
            }
        }
    }

    /** All connections are closed, and all time is over: everything is free. */
    void end() {
        held.forEach(this::give);
        held.clear();
        now += Math.max(timeWait, Space.LOST_NANOS);
        space.exclude(PortSet.EMPTY);
        model.exclude(PortSet.EMPTY);
        model.expire(now);
        for (InetSocketAddress remote : remotes) {
            compare(remote);
            assertThat(model.free(remote))
                    .isBetween(
                            Math.max(0, model.all(remote).size() - 1),
                            model.all(remote).size());
        }
    }
}

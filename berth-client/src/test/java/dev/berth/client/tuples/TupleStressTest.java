package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Four threads, half a million times each: what is handed out is in one hand, not in TIME_WAIT, not excluded, in the set. */
class TupleStressTest {
    private static final int THREADS = 4;
    private static final int TIMES = 500_000;
    private static final int FIRST = 65_516;
    private static final int PORTS = 20; // up to 65535
    private static final int REMOTES = 3;
    private static final List<InetAddress> SOURCES =
            List.of(InetAddress.ofLiteral("10.1.0.1"), InetAddress.ofLiteral("10.1.0.2"));
    private static final int TUPLES = SOURCES.size() * PORTS; // towards each remote
    private static final int MOST_HELD = 12; // by each thread: now and then all ports towards a destination are taken
    private static final long TIME_WAIT = 200;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000); // and over the edge
    private final AtomicIntegerArray owners = new AtomicIntegerArray(REMOTES * TUPLES);
    private final AtomicLongArray waitsUntil = new AtomicLongArray(REMOTES * TUPLES);
    private volatile PortSet excluded = PortSet.EMPTY;

    static Stream<Arguments> kinds() {
        var seeds = new SecureRandom();
        return Stream.of(Scope.FOUR_TUPLE, Scope.PORT_UNTIL_CLOSED, Scope.PORT)
                .flatMap(scope -> Stream.of(
                                new DoubleHash(seeds),
                                new RandomIncrements(seeds),
                                new OneAfterTheOther(seeds),
                                new AnyStart(seeds))
                        .map(ordering -> Arguments.of(scope, ordering)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void no_tuple_is_ever_handed_out_that_is_not_free(Scope scope, Ordering ordering) throws Exception {
        var space = new Space(
                new Candidates(PortSet.of(new PortRange(FIRST, FIRST + PORTS - 1))), scope, ordering, SOURCES);
        List<Destination> destinations = enterAll(space);
        for (int i = 0; i < waitsUntil.length(); i++) {
            waitsUntil.set(i, clock.get());
        }
        var changing = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(THREADS + 1)) {
            Future<?> changes = threads.submit(() -> exclude(space, changing));
            Callable<Void> hand = () -> {
                new Hand(scope, destinations).work();
                return null;
            };
            try {
                for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, hand))) {
                    done.get();
                }
            } finally {
                changing.set(false);
            }
            changes.get();
        }
        for (Destination destination : destinations) {
            Destination.Usage usage = destination.usage(clock.get() + Math.max(TIME_WAIT, Space.LOST_NANOS));
            assertThat(usage.inUse()).isZero();
            assertThat(usage.waiting()).isZero();
            assertThat(usage.free()).isEqualTo(TUPLES);
        }
    }

    /** Excludes other ports all the time, and none at last. */
    private void exclude(Space space, AtomicBoolean changing) {
        var random = new SplittableRandom();
        while (changing.get()) {
            int first = FIRST + random.nextInt(PORTS);
            PortSet some = PortSet.of(new PortRange(first, Math.min(first + 5, 65_535)));
            excluded = PortSet.EMPTY; // until it is said which
            space.exclude(some);
            excluded = some;
            LockSupport.parkNanos(10_000);
        }
        space.exclude(PortSet.EMPTY);
    }

    private List<Destination> enterAll(Space space) {
        var all = new Destinations(space, REMOTES);
        var destinations = new ArrayList<Destination>();
        for (int i = 0; i < REMOTES; i++) {
            destinations.add(Objects.requireNonNull(all.enter(new InetSocketAddress("10.0.0." + i, 443), clock.get())));
        }
        return destinations;
    }

    /** One of the threads, and what it holds. */
    private final class Hand {
        private record Held(int remote, long tuple) {}

        private final SplittableRandom random = new SplittableRandom();
        private final List<Held> held = new ArrayList<>();
        private final List<Destination> destinations;
        private final boolean forAll;
        private final boolean waitsForAll;

        Hand(Scope scope, List<Destination> destinations) {
            this.destinations = destinations;
            this.forAll = scope.inUseForAll();
            this.waitsForAll = scope.waitsForAll();
        }

        void work() {
            for (int i = 0; i < TIMES; i++) {
                if (held.size() < MOST_HELD && random.nextBoolean()) {
                    take(random.nextInt(REMOTES));
                } else if (!held.isEmpty()) {
                    giveBack(held.remove(held.size() - 1));
                }
            }
            held.forEach(this::giveBack);
        }

        @SuppressWarnings("ReferenceEquality") // each change of what is excluded is a new object
        private void take(int remote) {
            Destination destination = destinations.get(remote);
            long now = clock.addAndGet(random.nextInt(100_000) == 0 ? Space.LOST_NANOS : random.nextInt(10));
            PortSet before = excluded;
            long tuple = destination.take(now, now);
            boolean unchanged = before == excluded;
            if (tuple == Destination.NONE) {
                return;
            }
            int port = destination.port(tuple);
            check(port >= FIRST && port < FIRST + PORTS, "out of the set");
            check(Destination.source(tuple) >= 0 && Destination.source(tuple) < SOURCES.size(), "no such source");
            check(!unchanged || !before.contains(port), "excluded");
            check(owners.incrementAndGet(place(forAll, remote, tuple)) == 1, "in two hands");
            long until = waitsUntil.get(place(waitsForAll, remote, tuple));
            check(clock.get() - until >= 0, "in TIME_WAIT");
            held.add(new Held(remote, tuple));
        }

        private void giveBack(Held back) {
            owners.decrementAndGet(place(forAll, back.remote, back.tuple));
            Destination destination = destinations.get(back.remote);
            int how = random.nextInt(10);
            if (how == 0) {
                destination.lose(back.tuple, clock.get());
            } else if (how < 4) {
                long until = clock.get() + TIME_WAIT;
                waitsUntil.set(place(waitsForAll, back.remote, back.tuple), until);
                destination.holdBack(back.tuple, until);
            } else {
                destination.free(back.tuple);
            }
        }

        private static int place(boolean forAll, int remote, long tuple) {
            int place = Destination.source(tuple) * PORTS + (int) tuple;
            return forAll ? place : remote * TUPLES + place;
        }

        private static void check(boolean right, String otherwise) {
            if (!right) {
                throw new AssertionError(otherwise);
            }
        }
    }
}

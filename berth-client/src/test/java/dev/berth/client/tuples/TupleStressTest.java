package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Four threads, millions of times each: no tuple is ever in two hands, none is in a hand before its TIME_WAIT is over. */
class TupleStressTest {
    private static final int THREADS = 4;
    private static final int TIMES = 2_000_000;
    private static final int FIRST = 65_516;
    private static final int PORTS = 20; // up to 65535
    private static final int REMOTES = 3;
    private static final int MOST_HELD = 6; // by each thread: now and then all ports towards a destination are taken
    private static final long TIME_WAIT = 1_000;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000); // and over the edge
    private final AtomicIntegerArray owners = new AtomicIntegerArray(REMOTES * PORTS);
    private final AtomicLongArray waitsUntil = new AtomicLongArray(REMOTES * PORTS);
    private Destination[] destinations = {};

    static Scope[] scopes() {
        return new Scope[] {Scope.FOUR_TUPLE, Scope.PORT_UNTIL_CLOSED, Scope.PORT};
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void no_tuple_is_ever_in_two_hands(Scope scope) throws Exception {
        run(scope, false);
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void nor_before_its_time_wait_is_over(Scope scope) throws Exception {
        run(scope, true);
    }

    private void run(Scope scope, boolean wait) throws Exception {
        enterAll(scope);
        for (int i = 0; i < waitsUntil.length(); i++) {
            waitsUntil.set(i, clock.get());
        }
        Callable<Void> hand = () -> {
            new Hand(scope, wait).work();
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Void> done : threads.invokeAll(List.of(hand, hand, hand, hand))) {
                done.get();
            }
        }
        for (Destination destination : destinations) {
            Destination.Usage usage = destination.usage(clock.get() + TIME_WAIT);
            assertThat(usage.inUse()).isZero();
            assertThat(usage.waiting()).isZero();
            assertThat(usage.free()).isEqualTo(PORTS);
        }
    }

    private void enterAll(Scope scope) {
        var space = new Space(
                new Candidates(PortSet.of(new PortRange(FIRST, FIRST + PORTS - 1))),
                scope,
                new DoubleHash(new SecureRandom()),
                List.of());
        var all = new Destinations(space, REMOTES);
        destinations = new Destination[REMOTES];
        for (int i = 0; i < REMOTES; i++) {
            destinations[i] = Objects.requireNonNull(all.enter(new InetSocketAddress("10.0.0." + i, 443), clock.get()));
        }
    }

    /** One of the threads, and what it holds. */
    private final class Hand {
        private record Held(int remote, long tuple) {}

        private final SplittableRandom random = new SplittableRandom();
        private final List<Held> held = new ArrayList<>();
        private final boolean forAll;
        private final boolean wait;
        private final boolean waitsForAll;

        Hand(Scope scope, boolean wait) {
            this.forAll = scope.inUseForAll();
            this.waitsForAll = scope.waitsForAll();
            this.wait = wait;
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

        private void take(int remote) {
            Destination destination = destinations[remote];
            long now = clock.addAndGet(random.nextInt(10));
            long tuple = destination.take(now, now);
            if (tuple == Destination.NONE) {
                return;
            }
            check(destination.port(tuple) == FIRST + (int) tuple && tuple >= 0 && tuple < PORTS, "out of the set");
            check(owners.incrementAndGet(place(forAll, remote, tuple)) == 1, "in two hands");
            long until = waitsUntil.get(place(waitsForAll, remote, tuple));
            check(clock.get() - until >= 0, "in TIME_WAIT");
            held.add(new Held(remote, tuple));
        }

        private void giveBack(Held back) {
            owners.decrementAndGet(place(forAll, back.remote, back.tuple));
            if (wait && random.nextBoolean()) {
                long until = clock.get() + TIME_WAIT;
                waitsUntil.set(place(waitsForAll, back.remote, back.tuple), until);
                destinations[back.remote].holdBack(back.tuple, until);
            } else {
                destinations[back.remote].free(back.tuple);
            }
        }

        private static int place(boolean forAll, int remote, long tuple) {
            return forAll ? (int) tuple : remote * PORTS + (int) tuple;
        }

        private static void check(boolean right, String otherwise) {
            if (!right) {
                throw new AssertionError(otherwise);
            }
        }
    }
}

package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    private static final int PORTS = 10;
    private static final long FOREVER = Long.MAX_VALUE / 2;

    private static Destinations destinations(Scope scope, int limit) {
        return new Destinations(
                new Space(
                        new Candidates(PortSet.of(new PortRange(20_000, 20_000 + PORTS - 1))),
                        scope,
                        new OneAfterTheOther(new SecureRandom()),
                        List.of()),
                limit);
    }

    private static InetSocketAddress remote(int number) {
        byte[] address = {10, (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), 443);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Destination enter(Destinations destinations, int number, long now) {
        return Objects.requireNonNull(destinations.enter(remote(number), now));
    }

    /** A connection to there is made and closed. */
    private static void use(Destinations destinations, int number, long now, long heldBackUntil) {
        Destination destination = enter(destinations, number, now);
        long tuple = destination.take(now, now);
        if (heldBackUntil > now) {
            destination.holdBack(tuple, heldBackUntil);
        } else {
            destination.free(tuple);
        }
        destination.leave();
    }

    private static List<Integer> known(Destinations destinations, int upTo) {
        var all = destinations.all().stream().map(Destination::remote).toList();
        var known = new ArrayList<Integer>();
        for (int number = 0; number < upTo; number++) {
            if (all.contains(remote(number))) {
                known.add(number);
            }
        }
        return known;
    }

    @Test
    void those_with_nothing_in_time_wait_are_forgotten_first() {
        var destinations = destinations(Scope.FOUR_TUPLE, 4);
        use(destinations, 0, 0, FOREVER); // the oldest
        use(destinations, 1, 1, 0);
        use(destinations, 2, 2, FOREVER);
        use(destinations, 3, 3, 0);
        use(destinations, 4, 4, 0);
        assertThat(known(destinations, 5)).containsExactly(0, 2, 4);
    }

    @Test
    void time_wait_that_is_over_saves_nobody() {
        var destinations = destinations(Scope.FOUR_TUPLE, 2);
        use(destinations, 0, 0, 100);
        use(destinations, 1, 1, 200);
        use(destinations, 2, 150, 300);
        assertThat(known(destinations, 3)).containsExactly(1, 2);
    }

    @Test
    void of_those_in_time_wait_the_one_that_was_used_longest_ago_is_forgotten_first() {
        var destinations = destinations(Scope.FOUR_TUPLE, 3);
        use(destinations, 0, 0, FOREVER);
        use(destinations, 1, 1, FOREVER);
        use(destinations, 2, 2, FOREVER);
        use(destinations, 0, 3, FOREVER);
        use(destinations, 3, 4, FOREVER);
        assertThat(known(destinations, 4)).containsExactly(0, 2, 3);
    }

    @Test
    void one_with_an_open_connection_is_never_forgotten() {
        var destinations = destinations(Scope.FOUR_TUPLE, 1);
        Destination open = enter(destinations, 0, 0);
        long tuple = open.take(0, 0);
        for (int number = 1; number < 100; number++) {
            use(destinations, number, number, number % 2 == 0 ? FOREVER : 0);
        }
        assertThat(enter(destinations, 0, 100)).isSameAs(open);
        assertThat(open.usage(100).inUse()).isEqualTo(1);
        open.leave();
        open.free(tuple);
        open.leave();
        for (int number = 1; number < 4; number++) {
            use(destinations, number, 101, 0);
        }
        assertThat(known(destinations, 1)).isEmpty();
    }

    @Test
    void none_is_made_for_a_family_without_a_source() {
        var space = new Space(
                new Candidates(PortSet.of(new PortRange(20_000, 20_000))),
                Scope.FOUR_TUPLE,
                new AnyStart(new SecureRandom()),
                List.of(InetAddress.ofLiteral("::1")));
        var destinations = new Destinations(space, 1);
        assertThat(destinations.enter(remote(1), 0)).isNull();
        assertThat(destinations.all()).isEmpty();
    }

    @Test
    void many_open_ones_do_not_make_each_new_one_walk_over_all() { // or this takes minutes
        var destinations = destinations(Scope.FOUR_TUPLE, 16);
        for (int number = 0; number < 200_000; number++) {
            enter(destinations, number, 0);
        }
        assertThat(destinations.all()).hasSize(200_000);
        destinations.all().forEach(Destination::leave);
        for (int number = 200_000; number < 230_000; number++) {
            use(destinations, number, 0, 0);
        }
        assertThat(destinations.all()).hasSizeLessThanOrEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, FOREVER})
    void a_million_destinations_are_not_a_million_tables(long heldBackUntil) {
        int limit = 100;
        var destinations = destinations(Scope.FOUR_TUPLE, limit);
        for (int number = 0; number < 1_000_000; number++) {
            use(destinations, number, number, heldBackUntil);
            if (number % 10_000 == 0) {
                assertThat(destinations.all()).hasSizeLessThanOrEqualTo(limit);
            }
        }
    }

    /** Each thread enters and leaves while the others' new destinations make it be forgotten all the time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void nobody_is_in_a_destination_that_is_forgotten(int limit) throws Exception {
        int remotes = 8;
        var destinations = destinations(Scope.FOUR_TUPLE, limit);
        var inUse = new AtomicIntegerArray(remotes * PORTS);
        Callable<Void> visits = () -> {
            var random = new SplittableRandom();
            for (int i = 0; i < 100_000; i++) {
                int number = random.nextInt(remotes);
                Destination destination = enter(destinations, number, i);
                long tuple = destination.take(i, i);
                int owner = number * PORTS + (int) tuple;
                assertThat(inUse.getAndIncrement(owner)).isZero(); // a second table for it would not know of the first
                assertThat(enter(destinations, number, i)).isSameAs(destination);
                destination.leave();
                inUse.decrementAndGet(owner);
                destination.free(tuple);
                destination.leave();
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(4, visits))) {
                done.get();
            }
        }
        for (Destination destination : destinations.all()) {
            assertThat(destination.usage(0).inUse()).isZero();
            assertThat(destination.isUnused()).isTrue();
        }
        for (int number = remotes; number < 3 * remotes; number++) {
            use(destinations, number, 0, 0);
        }
        assertThat(destinations.all()).hasSizeLessThanOrEqualTo(limit);
    }
}

package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OrderingTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SIZE = 10_000;

    private static List<Ordering> all() {
        return List.of(
                new DoubleHash(RANDOM),
                new RandomIncrements(RANDOM),
                new OneAfterTheOther(RANDOM),
                new AnyStart(RANDOM));
    }

    private static InetSocketAddress destination(int number) {
        return new InetSocketAddress("10.0." + (number >>> 8) + "." + (number & 255), 443);
    }

    @Test
    void a_search_begins_inside_the_candidates_whatever_their_number() {
        Cases.of(random -> random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(65_535))
                .seed(Cases.fresh())
                .forEach(size -> {
                    var random = new Random(size);
                    for (Ordering ordering : all()) {
                        long place = ordering.place(destination(random.nextInt(1000)));
                        for (int i = 0; i < 20; i++) {
                            assertThat(start(ordering, place, size)).isBetween(0, size - 1);
                            ordering.taken(place, random.nextInt(size), size);
                        }
                    }
                });
    }

    @Test
    void double_hash_begins_elsewhere_in_another_instance() {
        assertThat(starts(new DoubleHash(RANDOM))).isNotEqualTo(starts(new DoubleHash(RANDOM)));
    }

    @Test
    void double_hash_begins_elsewhere_for_another_destination() {
        assertThat(starts(new DoubleHash(RANDOM)).stream().distinct().count()).isGreaterThan(90);
    }

    private static int start(Ordering ordering, long place, int size) {
        return ordering.start(place, size, ordering.draw(size));
    }

    private static List<Integer> starts(Ordering ordering) {
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            starts.add(start(ordering, ordering.place(destination(i)), SIZE));
        }
        return starts;
    }

    @Test
    void double_hash_knows_the_port_of_a_destination_too() {
        var ordering = new DoubleHash(RANDOM);
        assertThat(ordering.place(new InetSocketAddress("10.0.0.1", 443)))
                .isEqualTo(ordering.place(new InetSocketAddress("10.0.0.1", 443)))
                .isNotEqualTo(ordering.place(new InetSocketAddress("10.0.0.1", 444)));
    }

    @Test
    void double_hash_goes_on_with_the_next_port_for_the_same_destination() {
        var ordering = new DoubleHash(RANDOM);
        long place = ordering.place(destination(1));
        int index = start(ordering, place, SIZE);
        for (int i = 0; i < SIZE + 10; i++) {
            ordering.taken(place, index, SIZE);
            index = index + 1 == SIZE ? 0 : index + 1;
            assertThat(start(ordering, place, SIZE)).isEqualTo(index);
        }
    }

    @Test
    void double_hash_goes_on_with_the_next_port_after_the_destination_was_forgotten() {
        var space = space(new DoubleHash(RANDOM));
        int last = -1;
        for (int i = 0; i < 20; i++) {
            var destinations = new Destinations(space, 1); // knows nobody
            int index = (int) take(entered(destinations, 1));
            if (last >= 0) {
                assertThat(index).isEqualTo((last + 1) % SIZE);
            }
            last = index;
        }
    }

    @Test
    void sequential_goes_from_the_last_port_to_the_first_in_one_step() {
        var destinations = new Destinations(space(new OneAfterTheOther(RANDOM)), 10);
        int last = -1;
        for (int i = 0; i < SIZE; i++) {
            int index = (int) take(entered(destinations, i % 7)); // whatever the destination
            if (last >= 0) {
                assertThat(index).isEqualTo((last + 1) % SIZE);
            }
            last = index;
        }
    }

    @Test
    void sequential_leaves_no_port_out_with_four_threads() throws Exception {
        Destination destination = entered(new Destinations(space(new OneAfterTheOther(RANDOM)), 1), 1);
        Callable<BitSet> threeRounds = () -> {
            var mine = new BitSet();
            for (int i = 0; i < 3 * SIZE; i++) {
                long tuple = take(destination);
                mine.set((int) tuple);
                destination.free(tuple);
            }
            return mine;
        };
        var visited = new BitSet();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<BitSet> mine : threads.invokeAll(Collections.nCopies(4, threeRounds))) {
                visited.or(mine.get());
            }
        }
        assertThat(visited.cardinality()).isEqualTo(SIZE);
        assertThat(visited.length()).isEqualTo(SIZE);
    }

    @Test
    void random_increments_moves_on_by_1_to_500() {
        var ordering = new RandomIncrements(RANDOM);
        int last = start(ordering, 0, SIZE);
        int longest = 0;
        for (int i = 0; i < 20_000; i++) {
            int next = start(ordering, 0, SIZE);
            int step = Math.floorMod(next - last, SIZE);
            assertThat(step).isBetween(1, 500);
            longest = Math.max(longest, step);
            last = next;
        }
        assertThat(longest).isEqualTo(500); // missed once in 10^17 runs
    }

    private static Space space(Ordering ordering) {
        return new Space(
                new Candidates(PortSet.of(new PortRange(20_000, 20_000 + SIZE - 1))),
                Scope.FOUR_TUPLE,
                ordering,
                List.of());
    }

    private static Destination entered(Destinations destinations, int number) {
        return Objects.requireNonNull(destinations.enter(destination(number), 0));
    }

    private static long take(Destination destination) {
        return destination.take(0, 0);
    }
}

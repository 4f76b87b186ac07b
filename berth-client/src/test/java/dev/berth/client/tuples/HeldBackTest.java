package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The queue against {@link ArrayDeque}. */
class HeldBackTest {
    private record Held(int index, long until) {}

    @Test
    void it_is_a_queue_however_often_it_grows_wraps_and_shrinks() {
        Cases.of(Random::nextLong).seed(Cases.fresh()).forEach(seed -> {
            var random = new Random(seed);
            var held = new HeldBack();
            var model = new ArrayDeque<Held>();
            int most = 1 << random.nextInt(12);
            boolean grow = true;
            for (int i = 0; i < 5 * most; i++) {
                grow = model.isEmpty() || model.size() < most && grow;
                if (grow == (random.nextInt(5) != 0) || model.isEmpty()) {
                    var next = new Held(random.nextInt(65_536), random.nextLong());
                    held.add(next.index, next.until);
                    model.addLast(next);
                } else {
                    Held first = model.removeFirst();
                    assertThat(held.firstUntil()).isEqualTo(first.until);
                    assertThat(held.removeFirst()).isEqualTo(first.index);
                }
                assertThat(held.size()).isEqualTo(model.size());
                assertThat(held.room()).isLessThanOrEqualTo(Math.max(16, 4 * model.size()));
                assertThat(held.isEmpty()).isEqualTo(model.isEmpty());
            }
        });
    }
}

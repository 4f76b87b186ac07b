package dev.berth.client.tuples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bits against {@link BitSet}. */
class PortBitsTest {
    private static final List<Integer> EDGES = List.of(1, 2, 63, 64, 65, 127, 128, 4095, 4096, 4097, 65_535);

    /** One to three layers of the same size, from empty to full, and what is in any of them. */
    private static final class Layers {
        final PortBits[] bits;
        final BitSet union = new BitSet();
        final int size;

        Layers(int size, int count) {
            this.size = size;
            this.bits = new PortBits[count];
        }

        static Layers random(Random random) {
            int size = random.nextBoolean() ? EDGES.get(random.nextInt(EDGES.size())) : 1 + random.nextInt(65_535);
            return random(random, size);
        }

        static Layers random(Random random, int size) {
            var layers = new Layers(size, 1 + random.nextInt(3));
            for (int i = 0; i < layers.bits.length; i++) {
                layers.bits[i] = new PortBits(size);
                var model = new BitSet();
                for (int run = random.nextInt(8); run > 0; run--) {
                    change(random, size, layers.bits[i], model);
                }
                layers.union.or(model);
            }
            return layers;
        }

        /** A run from somewhere to somewhere is set or cleared: all of it, or every other one. */
        private static void change(Random random, int size, PortBits bits, BitSet model) {
            boolean set = random.nextInt(4) != 0;
            int step = 1 + random.nextInt(2);
            int first = random.nextBoolean() ? 0 : random.nextInt(size);
            int end = random.nextBoolean() ? size : first + random.nextInt(size - first + 1);
            for (int i = first; i < end; i += step) {
                if (set) {
                    bits.set(i);
                } else {
                    bits.clear(i);
                }
                model.set(i, set);
            }
        }

        int nextClear(int from) {
            int next = union.nextClearBit(from);
            return next < size ? next : -1;
        }

        @Override
        public String toString() {
            return bits.length + " layers of " + size + ", " + union.cardinality() + " set";
        }
    }

    @Test
    void the_next_clear_one_is_that_of_a_bit_set_over_all_layers() {
        Cases.of(Layers::random).seed(Cases.fresh()).forEach(layers -> {
            var random = new Random(layers.union.hashCode());
            for (int i = 0; i < 50; i++) {
                int from = i == 0 ? 0 : i == 1 ? layers.size - 1 : random.nextInt(layers.size);
                assertThat(PortBits.nextClear(layers.bits, from))
                        .as("from %d", from)
                        .isEqualTo(layers.nextClear(from));
            }
        });
    }

    @Test
    void small_sets_agree_from_every_index() {
        Cases.of(random -> Layers.random(random, 1 + random.nextInt(200)))
                .seed(Cases.fresh())
                .forEach(layers -> {
                    for (int from = 0; from < layers.size; from++) {
                        assertThat(PortBits.nextClear(layers.bits, from))
                                .as("from %d", from)
                                .isEqualTo(layers.nextClear(from));
                    }
                });
    }

    @Test
    void what_is_clear_in_all_layers_is_counted() {
        Cases.of(Layers::random)
                .seed(Cases.fresh())
                .forEach(layers -> assertThat(PortBits.countClear(layers.bits))
                        .isEqualTo(layers.size - layers.union.cardinality()));
    }

    @Test
    void each_index_is_what_it_was_set_to_last() {
        Cases.of(random -> Layers.random(random, EDGES.get(random.nextInt(8))))
                .seed(Cases.fresh())
                .forEach(layers -> {
                    for (int i = 0; i < layers.size; i++) {
                        boolean set = false;
                        for (PortBits layer : layers.bits) {
                            set |= layer.get(i);
                        }
                        assertThat(set).as("index %d", i).isEqualTo(layers.union.get(i));
                    }
                });
    }

    @Test
    void a_full_set_has_no_clear_one_and_the_only_clear_one_is_found_from_anywhere() {
        for (int size : EDGES) {
            var bits = new PortBits(size);
            PortBits[] layers = {bits};
            for (int i = 0; i < size; i++) {
                bits.set(i);
            }
            assertThat(PortBits.nextClear(layers, 0)).isEqualTo(-1);
            assertThat(PortBits.countClear(layers)).isZero();
            for (int only = 0; only < size; only += 61) {
                bits.clear(only);
                assertThat(PortBits.nextClear(layers, 0)).isEqualTo(only);
                assertThat(PortBits.nextClear(layers, only)).isEqualTo(only);
                assertThat(only + 1 == size ? -1 : PortBits.nextClear(layers, only + 1))
                        .isEqualTo(-1);
                bits.set(only);
            }
        }
    }
}

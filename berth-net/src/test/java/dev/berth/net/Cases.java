package dev.berth.net;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs a property against generated cases. A failure names its seed, and that seed runs it again:
 *
 * <pre>{@code
 * Cases.of(random -> random.nextInt(65_536)).seed(Cases.fresh()).forEach(port -> ...);
 * }</pre>
 */
public final class Cases<T> {
    private static final int DEFAULT_COUNT = 500;

    private final Function<Random, T> generator;
    private final long seed;
    private final int count;

    private Cases(Function<Random, T> generator, long seed, int count) {
        this.generator = generator;
        this.seed = seed;
        this.count = count;
    }

    /** Cases made by {@code generator}, which must draw all its chance from the Random it is given. */
    public static <T> Cases<T> of(Function<Random, T> generator) {
        return new Cases<>(generator, fresh(), DEFAULT_COUNT);
    }

    /** A seed nobody chose; {@code -Dberth.seed=N} chooses it. */
    public static long fresh() {
        Long chosen = Long.getLong("berth.seed");
        return chosen != null ? chosen : new Random().nextLong();
    }

    public Cases<T> seed(long newSeed) {
        return new Cases<>(generator, newSeed, count);
    }

    public Cases<T> count(int newCount) {
        return new Cases<>(generator, seed, newCount);
    }

    public void forEach(Consumer<? super T> property) {
        var seeds = new Random(seed);
        for (int i = 0; i < count; i++) {
            long caseSeed = i == 0 ? seed : seeds.nextLong(); // so that a failing case's own seed repeats it at once
            T value = generator.apply(new Random(caseSeed));
            try {
                property.accept(value);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "case %d failed; run again with -Dberth.seed=%d%n  case: %s%n  %s"
                                .formatted(i, caseSeed, value, e.getMessage()),
                        e);
            }
        }
    }
}

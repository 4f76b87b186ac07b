package dev.berth.client.tuples;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** RFC 6056 section 3.3.5, with the N it proposes: one counter for all destinations, which moves on by 1 to N. */
public final class RandomIncrements implements Ordering {
    private static final int N = 500;

    private final SecureRandom random;
    private final AtomicInteger counter;

    public RandomIncrements(SecureRandom random) {
        this.random = random;
        this.counter = new AtomicInteger(random.nextInt());
    }

    @Override
    public int start(long place, int size) {
        return Math.floorMod(counter.addAndGet(1 + random.nextInt(N)), size);
    }
}

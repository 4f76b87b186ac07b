package dev.berth.client.tuples;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * RFC 6056 section 3.3.5, algorithm 5: one counter for all destinations, which moves on by 1 to N from a random start. Other
 * than there, a port that is taken is followed by the next free one, and not by another random step.
 */
public final class RandomIncrements implements Ordering {
    private static final int N =
            500; // as in the RFC: the smaller, the later a port comes again, and the easier to guess

    private final SecureRandom random;
    private final AtomicInteger counter;

    public RandomIncrements(SecureRandom random) {
        this.random = random;
        this.counter = new AtomicInteger(random.nextInt());
    }

    @Override
    public int draw(int size) {
        return 1 + random.nextInt(N);
    }

    @Override
    public int start(long place, int size, int drawn) {
        return Math.floorMod(counter.addAndGet(drawn), size);
    }
}

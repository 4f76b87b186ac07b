package dev.berth.client.tuples;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The next port after the last one that was taken, whatever the destination. */
public final class OneAfterTheOther implements Ordering {
    private final AtomicInteger next;

    /** @param random for the first port only */
    public OneAfterTheOther(SecureRandom random) {
        next = new AtomicInteger(random.nextInt(1 << 16));
    }

    @Override
    public int start(long place, int size, int drawn) {
        return next.get() % size;
    }

    @Override
    public void taken(long place, int index, int size) {
        next.set(index + 1 == size ? 0 : index + 1);
    }
}

package dev.berth.client.tuples;

import java.security.SecureRandom;

/** RFC 6056 section 3.3.1, algorithm 1: every search begins anywhere, and goes on with the next port. */
public record AnyStart(SecureRandom random) implements Ordering {
    @Override
    public int draw(int size) {
        return random.nextInt(size);
    }

    @Override
    public int start(long place, int size, int drawn) {
        return drawn;
    }
}

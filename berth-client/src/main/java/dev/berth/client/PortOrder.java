package dev.berth.client;

import dev.berth.client.tuples.AnyStart;
import dev.berth.client.tuples.DoubleHash;
import dev.berth.client.tuples.OneAfterTheOther;
import dev.berth.client.tuples.Ordering;
import dev.berth.client.tuples.RandomIncrements;
import java.security.SecureRandom;

/**
 * In which order the free ports are taken. A port that was closed longest ago comes last in none of them by itself: ports
 * in TIME_WAIT are remembered and passed over whatever the order. Whatever is random comes from a {@link SecureRandom}.
 */
public enum PortOrder {
    /**
     * RFC 6056 section 3.3.4, algorithm 4, "double-hash": each destination starts somewhere else, by a hash with a key of
     * this instance, and goes on with the next port. Hard to guess for whoever is not that destination, and a port comes
     * again as late as can be.
     */
    DOUBLE_HASH,
    /**
     * RFC 6056 section 3.3.5, algorithm 5, "random-increments", with N = 500: each connection goes on from the last one, to
     * whatever destination, by 1 to 500 ports. Harder to guess for the destination itself; a port comes again sooner.
     */
    RANDOM_INCREMENTS,
    /**
     * One port after the other, whatever the destination, and from the last to the first in one step. As the well-known
     * sample for {@code BindIPEndPointDelegate} does it, but from a random start: a program that starts anew does not walk
     * over the ports its predecessor left in TIME_WAIT. Anybody can guess the next port.
     */
    SEQUENTIAL,
    /** RFC 6056 section 3.3.1, algorithm 1: every connection starts anywhere. Hardest to guess; a port may come again at once. */
    RANDOM;

    /** A new one, which remembers where it was. */
    Ordering ordering() {
        var random = new SecureRandom();
        return switch (this) {
            case DOUBLE_HASH -> new DoubleHash(random);
            case RANDOM_INCREMENTS -> new RandomIncrements(random);
            case SEQUENTIAL -> new OneAfterTheOther(random);
            case RANDOM -> new AnyStart(random);
        };
    }
}

package dev.berth.client;

import dev.berth.client.tuples.AnyStart;
import dev.berth.client.tuples.DoubleHash;
import dev.berth.client.tuples.OneAfterTheOther;
import dev.berth.client.tuples.Ordering;
import dev.berth.client.tuples.RandomIncrements;
import java.security.SecureRandom;

/**
 * In which order the free ports are taken. None of them needs to keep away from ports in TIME_WAIT: those are remembered,
 * and passed over whatever the order. Whatever is random comes from a {@link SecureRandom}: the two orders that draw a
 * number for each connection make some 60 bytes of garbage for it, and take two to four times as long to choose (some 0.2
 * µs instead of 0.1, and a read of the system's random numbers now and then); the others make none.
 */
public enum PortOrder {
    /**
     * RFC 6056 section 3.3.4, algorithm 4, "double-hash": each destination starts somewhere else, by a hash with a key of
     * this instance, and goes on with the next port. Hard to guess for whoever is not that destination. A port comes
     * again as late as can be, while few destinations are in use: they share 1,024 counters.
     */
    DOUBLE_HASH,
    /**
     * RFC 6056 section 3.3.5, algorithm 5, "random-increments", with N = 500: each connection goes on from the last one, to
     * whatever destination, by 1 to 500 ports. Harder to guess for the destination itself; a port comes again
     * sooner. Draws a random number for each connection.
     */
    RANDOM_INCREMENTS,
    /**
     * One port after the other, whatever the destination, and from the last to the first in one step. As the well-known
     * sample for {@code BindIPEndPointDelegate} does it, but from a random start: a program that starts anew does not walk
     * over the ports its predecessor left in TIME_WAIT. Anybody can guess the next port.
     */
    SEQUENTIAL,
    /**
     * RFC 6056 section 3.3.1, algorithm 1: every connection starts anywhere. Hardest to guess; a port may come again at
     * once. Draws a random number for each connection.
     */
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

package dev.berth.client.tuples;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * RFC 6056 section 3.3.4, algorithm 4: a keyed hash F gives each destination an offset, a keyed hash G a counter that it
 * shares with few others. As there, a counter has moved on past every port that was passed over. Counters outlive
 * destinations, so one that was forgotten does not begin at its first port again.
 *
 * <p>Other than there, the local address is not hashed: the system may be the one to choose it, and several take turns. F and
 * G are two halves of one hash, with one key of 256 bits that lasts as long as this instance, and offset and counters are
 * not cut to 16 bits, which would favour some ports.
 */
public final class DoubleHash implements Ordering {
    private static final String HASH = "HmacSHA256";
    /**
     * The TABLE_LENGTH of the RFC, which sees 10 help already; this is 4 KiB. Who can make a program connect to him tens of
     * times as often as there are counters may recognise it again: Linux has 65,536 for that reason since commit
     * 4c2c8f03a5ab, but its key is the whole host's, and this one a program's.
     */
    private static final int COUNTERS = 1024;

    private final SecretKeySpec key;
    private final AtomicIntegerArray counters = new AtomicIntegerArray(COUNTERS);

    public DoubleHash(SecureRandom random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, HASH);
        for (int i = 0; i < COUNTERS; i++) {
            counters.setPlain(i, random.nextInt(1 << 16));
        }
    }

    /** F in the high half, G in the low one. */
    @Override
    public long place(InetSocketAddress destination) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(key);
            mac.update(destination.getAddress().getAddress());
            mac.update((byte) (destination.getPort() >>> 8));
            mac.update((byte) destination.getPort());
            ByteBuffer hash = ByteBuffer.wrap(mac.doFinal());
            return (long) hash.getInt() << 32 | hash.getInt() & COUNTERS - 1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HASH, e);
        }
    }

    @Override
    public int start(long place, int size, int drawn) {
        return Math.floorMod((int) (place >>> 32) + (long) counters.getOpaque((int) place), size);
    }

    @Override
    public void taken(long place, int index, int size) {
        counters.setOpaque((int) place, Math.floorMod(index + 1 - (long) (int) (place >>> 32), size));
    }
}

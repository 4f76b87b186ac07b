package dev.berth.client.tuples;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * RFC 6056 section 3.3.4: a keyed hash F gives each destination an offset, a keyed hash G a counter that it shares with
 * few others. Counters outlive destinations, so one that was forgotten does not begin at its first port again.
 */
public final class DoubleHash implements Ordering {
    private static final String HASH = "HmacSHA256";
    private static final int COUNTERS = 1024; // the RFC wants at least 10, for 4 KiB there is no reason to be mean

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
    public int start(long place, int size) {
        return Math.floorMod((int) (place >>> 32) + (long) counters.getOpaque((int) place), size);
    }

    @Override
    public void taken(long place, int index, int size) {
        counters.setOpaque((int) place, Math.floorMod(index + 1 - (long) (int) (place >>> 32), size));
    }
}

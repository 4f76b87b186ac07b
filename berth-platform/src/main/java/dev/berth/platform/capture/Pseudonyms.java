package dev.berth.platform.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names for names, the same within one capture and different in the next: they hang on a random key that is forgotten
 * with this object. HMAC-SHA-256, RFC 2104. For one thread.
 */
public final class Pseudonyms {
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_SIZE = 32;
    private static final int SHOWN = 4; // bytes

    private final Mac mac;

    public Pseudonyms() {
        byte[] key = new byte[KEY_SIZE];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /** Such as {@code user-1f0c9a77}. */
    public String of(String kind, String name) {
        mac.update(kind.getBytes(UTF_8));
        mac.update((byte) 0);
        return kind + "-" + HexFormat.of().formatHex(mac.doFinal(name.getBytes(UTF_8)), 0, SHOWN);
    }

    /** 64 bits that follow from these two numbers and the key. */
    long mixed(int round, long value) {
        byte[] numbers = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(round)
                .putLong(value)
                .array();
        return ByteBuffer.wrap(mac.doFinal(numbers)).getLong();
    }
}

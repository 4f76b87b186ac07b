package dev.berth.diagnosis.explain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every fourth place of a text only. Of each literal a window of seven bytes is chosen, the one least like what logs are
 * full of, and every four neighbouring bytes in it are a sample. Wherever a window lies in a text, a place that is looked at begins
 * with one of its samples; all other places rule out every literal by one look at a table. The window of a literal of five or six
 * bytes stands out by a byte at an end or both, and in the samples there that byte may be any.
 *
 * <p>Made for the JVM's first compiler, which is all that {@code berth} runs with: one load of eight bytes serves two places.
 */
final class LiteralSamples {
    /** The shortest literal, in bytes, that leaves room between the places. */
    static final int SHORTEST = 5;

    private static final int SIZE = Integer.BYTES; // of a sample, and how far the places are apart
    private static final int WINDOW = 2 * SIZE - 1;
    private static final int FILTER_BITS = 20;
    private static final int TABLE_BITS = 15;
    private static final int LIKE_ORDINARY = 40; // as bad as so many samples more

    private static final long IN_EITHER_CASE = 0x2020_2020_2020_2020L;
    private static final String ORDINARY =
            "2026-11-22t01:00:00,000 00:00:00.000z [main] info warn error debug java.lang.exception: at org.apache.catalina.core"
                    + " org.springframework.web.servlet com.example java.net.socket java.util.concurrent java.base/ java.io"
                    + " io.netty.channel cannot connect to the port, connection failed, request was accepted, could not open"
                    + " network address in use, server started, unable to start, process is not available, permission socket"
                    + " get /index.html http/1.1 200 mozilla/5.0 gecko/20100101 (x11; linux x86_64) 127.0.0.1:8080 0000"
                    + " failed to create address, invalid argument, session expired, user authenticated, using default"
                    + " standard output, executing statement, retrying the operation, loading configuration file, listening on"
                    + " received message from client, closing, timed out after, exited with code, illegal state, handled by"
                    + " io.netty.channel.nio.nioeventloop http-nio-8080-exec-1 the thread in the service and orders for ports, rejected, is in"
                    + " connection to port, connected to host, services reading from a session on the server, accepted by";
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] ORDINARY_SAMPLES = ordinarySamples();

    private final byte[] filter = new byte[1 << FILTER_BITS]; // not 0 for a hash that some sample has
    private final int[] first = new int[1 << TABLE_BITS]; // by the hash: the first entry of it, from 1; 0 for none
    private final byte[][] literals;
    private int entries;
    private int[] following = new int[8_192]; // the next entry of the same hash; 0 for none
    private int[] sample = new int[following.length]; // of an entry
    private int[] offset = new int[following.length]; // of the sample in the literal
    private int[] literal = new int[following.length]; // its index

    private LiteralSamples(byte[][] all) {
        literals = all.clone();
        Arrays.sort(literals, Comparator.comparingInt(one -> one.length)); // the shortest have the least choice
        for (int i = 0; i < literals.length; i++) {
            int window = best(literals[i]);
            for (int start = window; start < window + SIZE; start++) {
                for (int variant = 0; variant < variants(literals[i], start); variant++) {
                    add(i, start, sample(literals[i], start, variant));
                }
            }
        }
    }

    /** Null where a literal is too short for it, or there is none. */
    static @Nullable LiteralSamples of(byte[][] literals) {
        int shortest = Arrays.stream(literals).mapToInt(one -> one.length).min().orElse(0);
        return shortest < SHORTEST ? null : new LiteralSamples(literals);
    }

    private static int[] ordinarySamples() {
        byte[] text = ORDINARY.getBytes(StandardCharsets.US_ASCII);
        var samples = new int[text.length - SIZE + 1];
        Arrays.setAll(samples, start -> sample(text, start, 0));
        Arrays.sort(samples);
        return samples;
    }

    /** Where the window begins that has the fewest samples of ordinary text and, of such, that adds the fewest to the chosen. */
    private int best(byte[] literal) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        int lead = literal.length < WINDOW ? -1 : 0;
        for (int start = lead; start <= literal.length - WINDOW - lead; start++) {
            int cost = 0;
            for (int i = start; i < start + SIZE; i++) {
                for (int variant = 0; variant < variants(literal, i); variant++) {
                    int letters = sample(literal, i, variant);
                    cost += (Arrays.binarySearch(ORDINARY_SAMPLES, letters) < 0 ? 0 : LIKE_ORDINARY)
                            + (filter[hash(letters) >>> Integer.SIZE - FILTER_BITS] == 0 ? 1 : 0);
                }
            }
            if (cost < least) {
                least = cost;
                best = start;
            }
        }
        return best;
    }

    /** How many samples begin there: as many as there are bytes, but for case, where one of them lies outside. */
    private static int variants(byte[] text, int start) {
        return start < 0 || start + SIZE > text.length ? 128 : 1;
    }

    /** @param variant the byte that lies outside, without the bit that tells the cases apart */
    private static int sample(byte[] text, int start, int variant) {
        int letters = 0;
        for (int i = 0; i < SIZE; i++) {
            int at = start + i;
            int letter = at >= 0 && at < text.length ? text[at] & 0xff : variant << 1 & 0xc0 | variant & 0x1f;
            letters |= (letter | 0x20) << Byte.SIZE * i;
        }
        return letters;
    }

    private void add(int index, int start, int letters) {
        if (++entries == following.length) {
            following = Arrays.copyOf(following, 2 * entries);
            sample = Arrays.copyOf(sample, 2 * entries);
            offset = Arrays.copyOf(offset, 2 * entries);
            literal = Arrays.copyOf(literal, 2 * entries);
        }
        int hash = hash(letters);
        filter[hash >>> Integer.SIZE - FILTER_BITS] = 1;
        following[entries] = first[hash >>> Integer.SIZE - TABLE_BITS];
        first[hash >>> Integer.SIZE - TABLE_BITS] = entries;
        sample[entries] = letters;
        offset[entries] = start;
        literal[entries] = index;
    }

    /** By its highest bits. */
    private static int hash(int letters) {
        return letters * 0x9E3779B1; // multiplicative hashing by the golden ratio
    }

    /**
     * The index after a literal that lies between the indexes, such that none begins and ends before it; where there is none
     * the complement of how far was looked: none that begins before there is left.
     */
    int find(byte[] bytes, int from, int to) {
        byte[] hashes = filter;
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
            long letters = (long) EIGHT.get(bytes, i) | IN_EITHER_CASE;
            if ((hashes[hash((int) letters) >>> Integer.SIZE - FILTER_BITS]
                            | hashes[hash((int) (letters >>> 32)) >>> Integer.SIZE - FILTER_BITS])
                    != 0) {
                int end = compare(bytes, i, (int) letters, from, to);
                if (end < 0) {
                    end = compare(bytes, i + SIZE, (int) (letters >>> 32), from, to);
                }
                if (end >= 0) {
                    return end;
                }
            }
        }
        return ~i;
    }

    /** The index after a literal that has those letters, which stand at {@code place}, as a sample; -1 where there is none. */
    private int compare(byte[] bytes, int place, int letters, int from, int to) {
        for (int entry = first[hash(letters) >>> Integer.SIZE - TABLE_BITS]; entry != 0; entry = following[entry]) {
            int start = place - offset[entry];
            if (sample[entry] == letters && start >= from && lies(literals[literal[entry]], bytes, start, to)) {
                return start + literals[literal[entry]].length;
            }
        }
        return -1;
    }

    private static boolean lies(byte[] literal, byte[] bytes, int start, int to) {
        if (literal.length > to - start) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            int letter = bytes[start + i];
            if (literal[i] != (letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter)) {
                return false;
            }
        }
        return true;
    }
}

package dev.berth.diagnosis.explain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every second or fourth place of a text only. Of each literal a window is chosen, the one least like what logs are full of, and
 * every four (of short ones three) neighbouring bytes in it are a sample. The windows are so long that wherever one lies in a
 * text, a place that is looked at begins with one of its samples; all other places rule out every literal by one look at a table.
 *
 * <p>Made for the JVM's first compiler, which is all that {@code berth} runs with: one load of eight bytes serves several places.
 */
final class LiteralSamples {
    /** The shortest literal, in bytes, that leaves room between the places. */
    static final int SHORTEST = 4;

    private static final long IN_EITHER_CASE = 0x2020_2020_2020_2020L;
    private static final String ORDINARY =
            "2026-11-22t01:00:00,000 00:00:00.000z [main] info warn error debug java.lang.exception: at org.apache.catalina.core"
                    + " org.springframework.web.servlet com.example java.net.socket java.util.concurrent java.base/ java.io"
                    + " io.netty.channel cannot connect to the port, connection failed, request was accepted, could not open"
                    + " network address in use, server started, unable to start, process is not available, permission socket"
                    + " get /index.html http/1.1 200 mozilla/5.0 gecko/20100101 (x11; linux x86_64) 127.0.0.1:8080 0000"
                    + " failed to create address, invalid argument, session expired, user authenticated, using default"
                    + " standard output, executing statement, retrying the operation, loading configuration file, listening on"
                    + " received message from client, closing, timed out after, exited with code, illegal state, handled by";
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int stride; // 2 or 4
    private final int mask; // of the bytes of a sample
    private final int shift;
    private final byte[] filter; // not 0 for a hash that some sample has
    private final int[] first; // by the hash: the first entry of it, from 1; 0 for none
    private final int[] following; // the next entry of the same hash; 0 for none
    private final int[] sample; // of an entry
    private final int[] offset; // of the sample in the literal of an entry
    private final byte[][] literal; // of an entry

    private LiteralSamples(List<byte[]> literals, int shortest) {
        int size = shortest < 5 ? 3 : 4;
        stride = shortest < 7 ? 2 : 4;
        mask = size == 4 ? -1 : 0xffffff;
        sample = new int[literals.size() * stride + 1];
        offset = new int[sample.length];
        literal = new byte[sample.length][];
        var chosen = new HashSet<Integer>();
        Set<Integer> ordinary = ordinary(size);
        List<byte[]> shortestFirst = new ArrayList<>(literals);
        shortestFirst.sort(Comparator.comparingInt(one -> one.length)); // they have the least choice
        int entry = 0;
        for (byte[] one : shortestFirst) {
            int window = best(one, size, chosen, ordinary);
            for (int i = window; i < window + stride; i++) {
                entry++;
                sample[entry] = sample(one, i, size);
                offset[entry] = i;
                literal[entry] = one;
                chosen.add(sample[entry]);
            }
        }
        int bits = Math.max(13, 39 - Integer.numberOfLeadingZeros(chosen.size())); // at most one of 128 is set
        shift = Integer.SIZE - bits;
        filter = new byte[1 << bits];
        first = new int[1 << bits];
        following = new int[sample.length];
        for (; entry > 0; entry--) {
            int hash = hash(sample[entry]);
            filter[hash] = 1;
            following[entry] = first[hash];
            first[hash] = entry;
        }
    }

    /** Null where a literal is too short for it, or there is none. */
    static @Nullable LiteralSamples of(List<byte[]> literals) {
        int shortest = literals.stream().mapToInt(one -> one.length).min().orElse(0);
        return shortest < SHORTEST ? null : new LiteralSamples(literals, shortest);
    }

    private static Set<Integer> ordinary(int size) {
        byte[] text = ORDINARY.getBytes(StandardCharsets.US_ASCII);
        var samples = new HashSet<Integer>();
        for (int i = 0; i + size <= text.length; i++) {
            samples.add(sample(text, i, size));
        }
        return samples;
    }

    /** Where the window begins that has the fewest samples of ordinary text and, of such, that adds the fewest to the chosen. */
    private int best(byte[] literal, int size, Set<Integer> chosen, Set<Integer> ordinary) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int start = 0; start + stride + size - 1 <= literal.length; start++) {
            int cost = 0;
            for (int i = start; i < start + stride; i++) {
                int letters = sample(literal, i, size);
                cost += (ordinary.contains(letters) ? stride + 1 : 0) + (chosen.contains(letters) ? 0 : 1);
            }
            if (cost < least) {
                least = cost;
                best = start;
            }
        }
        return best;
    }

    private static int sample(byte[] text, int at, int size) {
        int letters = 0;
        for (int i = 0; i < size; i++) {
            letters |= (text[at + i] & 0xff | 0x20) << (Byte.SIZE * i);
        }
        return letters;
    }

    private int hash(int letters) {
        return (letters & mask) * 0x9E3779B1 >>> shift; // multiplicative hashing by the golden ratio
    }

    /**
     * The index after a literal that lies between the indexes, such that none begins and ends before it; where there is none
     * the complement of how far was looked: none that begins before there is left.
     */
    int find(byte[] bytes, int from, int to) {
        return stride == 2 ? findByTwo(bytes, from, to) : findByFour(bytes, from, to);
    }

    private int findByTwo(byte[] bytes, int from, int to) {
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += 6) {
            long letters = (long) EIGHT.get(bytes, i) | IN_EITHER_CASE;
            if ((filter[hash((int) letters)]
                            | filter[hash((int) (letters >>> 16))]
                            | filter[hash((int) (letters >>> 32))])
                    != 0) {
                int end = compare(bytes, i, 3, from, to, letters);
                if (end >= 0) {
                    return end;
                }
            }
        }
        return ~i;
    }

    private int findByFour(byte[] bytes, int from, int to) {
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += 8) {
            long letters = (long) EIGHT.get(bytes, i) | IN_EITHER_CASE;
            if ((filter[hash((int) letters)] | filter[hash((int) (letters >>> 32))]) != 0) {
                int end = compare(bytes, i, 2, from, to, letters);
                if (end >= 0) {
                    return end;
                }
            }
        }
        return ~i;
    }

    /** The index after a literal that has a sample at one of the places from {@code i} on; -1 where there is none. */
    private int compare(byte[] bytes, int i, int places, int from, int to, long eight) {
        for (int place = 0; place < places; place++) {
            int letters = (int) (eight >>> place * stride * Byte.SIZE) & mask;
            for (int entry = first[hash(letters)]; entry != 0; entry = following[entry]) {
                int start = i + place * stride - offset[entry];
                if (sample[entry] == letters && start >= from && lies(literal[entry], bytes, start, to)) {
                    return start + literal[entry].length;
                }
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

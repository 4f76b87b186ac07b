package dev.berth.diagnosis.explain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every second or fourth place of a text only. Of each literal a window is chosen, the one least like ordinary text, and
 * every four (of short ones three) neighbouring bytes in it are a sample. The windows are so long that wherever one lies in a
 * text, a place that is looked at begins with one of its samples; all other places rule out every literal by one look at a table.
 *
 * <p>Made for the JVM's first compiler, which is all that {@code berth} runs with: one load of eight bytes serves several places.
 */
final class LiteralSamples {
    /** The shortest literal, in bytes, that leaves room between the places. */
    static final int SHORTEST = 4;

    private static final long IN_EITHER_CASE = 0x2020_2020_2020_2020L;
    private static final String COMMON = "eationsrl dcpmu/gfh.0123v1-b:k\"y4567w89x,=_[]()jqz@";
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
        int entries = literals.size() * stride;
        int bits = Math.max(14, 38 - Integer.numberOfLeadingZeros(entries)); // at most one of 32 is set
        shift = 32 - bits;
        filter = new byte[1 << bits];
        first = new int[1 << bits];
        following = new int[entries + 1];
        sample = new int[entries + 1];
        offset = new int[entries + 1];
        literal = new byte[entries + 1][];
        int entry = 0;
        for (byte[] one : literals) {
            int window = rarest(one, stride + size - 1);
            for (int i = window; i < window + stride; i++) {
                put(++entry, one, i, size);
            }
        }
    }

    /** Null where a literal is too short for it, or there is none. */
    static @Nullable LiteralSamples of(List<byte[]> literals) {
        int shortest = literals.stream().mapToInt(one -> one.length).min().orElse(0);
        return shortest < SHORTEST ? null : new LiteralSamples(literals, shortest);
    }

    /** Where the window begins whose bytes are the least common in logs. */
    private static int rarest(byte[] literal, int window) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int start = 0; start + window <= literal.length; start++) {
            int common = 0;
            for (int i = start; i < start + window; i++) {
                int place = literal[i] < 0 ? -1 : COMMON.indexOf((char) literal[i]);
                common += place < 0 ? 0 : COMMON.length() - place;
            }
            if (common < least) {
                least = common;
                best = start;
            }
        }
        return best;
    }

    private void put(int entry, byte[] one, int at, int size) {
        int letters = 0;
        for (int i = 0; i < size; i++) {
            letters |= (one[at + i] & 0xff) << (8 * i);
        }
        letters = (letters | (int) IN_EITHER_CASE) & mask;
        int hash = hash(letters);
        filter[hash] = 1;
        following[entry] = first[hash];
        first[hash] = entry;
        sample[entry] = letters;
        offset[entry] = at;
        literal[entry] = one;
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

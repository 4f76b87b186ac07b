package dev.berth.client.tuples;

import java.util.Arrays;

/**
 * A set of the indexes 0 to size - 1 that finds the next one <em>not</em> in it in a few steps, however full it is: above
 * the words of 64 indexes lies one bit for each word that is full. Not thread-safe.
 */
final class PortBits {
    private final long[] words;
    private final long[] fullWords; // a bit for each of words

    PortBits(int size) {
        this.words = new long[(size + 63) >>> 6];
        this.fullWords = new long[(words.length + 63) >>> 6];
        fillBeyond(words, size); // what is beyond the end is never clear, so nobody finds it
        fillBeyond(fullWords, words.length);
    }

    private static void fillBeyond(long[] bits, int end) {
        if ((end & 63) != 0) {
            bits[bits.length - 1] = -1L << end;
        }
    }

    boolean get(int index) {
        return (words[index >>> 6] & 1L << index) != 0;
    }

    void set(int index) {
        int word = index >>> 6;
        words[word] |= 1L << index;
        if (words[word] == -1L) {
            fullWords[word >>> 6] |= 1L << word;
        }
    }

    void setAll() {
        Arrays.fill(words, -1L);
        Arrays.fill(fullWords, -1L);
    }

    void clear(int index) {
        int word = index >>> 6;
        words[word] &= ~(1L << index);
        fullWords[word >>> 6] &= ~(1L << word);
    }

    /**
     * The first index from {@code from} on that is in none of the layers, or -1.
     *
     * @param layers at least one, all of the same size
     * @param from 0 to size - 1
     */
    static int nextClear(PortBits[] layers, int from) {
        int word = from >>> 6;
        long clear = clearInAll(layers, word) & -1L << from;
        while (clear == 0) {
            word = nextNotFull(layers, word + 1);
            if (word < 0) {
                return -1;
            }
            clear = clearInAll(layers, word);
        }
        return (word << 6) + Long.numberOfTrailingZeros(clear);
    }

    /** How many indexes are in none of the layers. */
    static int countClear(PortBits[] layers) {
        int count = 0;
        for (int word = 0; word < layers[0].words.length; word++) {
            count += Long.bitCount(clearInAll(layers, word));
        }
        return count;
    }

    private static long clearInAll(PortBits[] layers, int word) {
        long taken = 0;
        for (PortBits layer : layers) {
            taken |= layer.words[word];
        }
        return ~taken;
    }

    /** The first word from {@code from} on that is full in no layer, or -1; all of them together may still fill it. */
    private static int nextNotFull(PortBits[] layers, int from) {
        if (from >= layers[0].words.length) {
            return -1;
        }
        int summary = from >>> 6;
        long open = notFull(layers, summary) & -1L << from;
        while (open == 0) {
            if (++summary == layers[0].fullWords.length) {
                return -1;
            }
            open = notFull(layers, summary);
        }
        return (summary << 6) + Long.numberOfTrailingZeros(open);
    }

    private static long notFull(PortBits[] layers, int summary) {
        long full = 0;
        for (PortBits layer : layers) {
            full |= layer.fullWords[summary];
        }
        return ~full;
    }
}

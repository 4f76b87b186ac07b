package dev.berth.diagnosis.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds any of a set of literals in bytes in one pass, whatever their number (Aho and Corasick, 1975). ASCII letters match in
 * either case, everything else as UTF-8 byte for byte. Where all are {@value LiteralSamples#SHORTEST} bytes or longer, most
 * bytes are passed over: {@link LiteralSamples}. Immutable.
 */
public final class Literals {
    private static final int ROOT = 0;

    private final byte[] classes = new byte[256];
    private final int width;
    private final int[] next; // state × class; the complement of a state in which literals end
    private final BitSet[] ends; // the literals that end in a state
    private final int longest;
    private final @Nullable LiteralSamples samples;

    public Literals(List<String> literals) {
        List<byte[]> all = literals.stream()
                .map(literal -> folded(literal.getBytes(StandardCharsets.UTF_8)))
                .toList();
        width = number(all);
        var trie = new ArrayList<int[]>();
        var found = new ArrayList<BitSet>();
        grow(trie, found);
        for (int i = 0; i < all.size(); i++) {
            int state = ROOT;
            for (byte letter : all.get(i)) {
                int column = classes[letter & 0xff] & 0xff;
                if (trie.get(state)[column] < 0) {
                    trie.get(state)[column] = trie.size();
                    grow(trie, found);
                }
                state = trie.get(state)[column];
            }
            found.get(state).set(i);
        }
        link(trie, found);
        next = new int[trie.size() * width];
        for (int state = 0; state < trie.size(); state++) {
            for (int column = 0; column < width; column++) {
                int to = trie.get(state)[column];
                next[state * width + column] = found.get(to).isEmpty() ? to * width : ~(to * width);
            }
        }
        ends = found.toArray(BitSet[]::new);
        longest = all.stream().mapToInt(literal -> literal.length).max().orElse(0);
        samples = LiteralSamples.of(all);
    }

    /** Gives every letter that occurs a class of its own, and all others one together. */
    private int number(List<byte[]> all) {
        int count = 1;
        for (byte[] literal : all) {
            for (byte letter : literal) {
                if (classes[letter & 0xff] == 0) {
                    classes[letter & 0xff] = (byte) count++;
                }
            }
        }
        for (int letter = 'A'; letter <= 'Z'; letter++) {
            classes[letter] = classes[letter + ('a' - 'A')];
        }
        return count;
    }

    private void grow(List<int[]> trie, List<BitSet> found) {
        var row = new int[width];
        Arrays.fill(row, -1);
        trie.add(row);
        found.add(new BitSet());
    }

    /** Turns the trie into an automaton: where no letter leads on, as the longest proper suffix does. */
    private void link(List<int[]> trie, List<BitSet> found) {
        var suffix = new int[trie.size()];
        var queue = new ArrayDeque<Integer>();
        for (int column = 0; column < width; column++) {
            int to = trie.get(ROOT)[column];
            if (to < 0) {
                trie.get(ROOT)[column] = ROOT;
            } else {
                queue.add(to);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            found.get(state).or(found.get(suffix[state]));
            for (int column = 0; column < width; column++) {
                int to = trie.get(state)[column];
                int other = trie.get(suffix[state])[column];
                if (to < 0) {
                    trie.get(state)[column] = other;
                } else {
                    suffix[to] = other;
                    queue.add(to);
                }
            }
        }
    }

    private static byte[] folded(byte[] literal) {
        for (int i = 0; i < literal.length; i++) {
            if (literal[i] >= 'A' && literal[i] <= 'Z') {
                literal[i] = (byte) (literal[i] + ('a' - 'A'));
            }
        }
        return literal;
    }

    /** The length of the longest, in bytes. */
    public int longest() {
        return longest;
    }

    /** The index after the first literal that ends there, or -1: none lies between {@code from} and {@code to}. */
    public int find(byte[] bytes, int from, int to) {
        if (samples == null) {
            return walk(bytes, from, to);
        }
        int found = samples.find(bytes, from, to);
        int before = found < 0 ? ~found - longest : found - 2 * longest; // another one may begin there, and end earlier
        return walk(bytes, Math.max(from, before), to);
    }

    private int walk(byte[] bytes, int from, int to) {
        int state = ROOT;
        for (int i = from; i < to; i++) {
            state = next[state + (classes[bytes[i] & 0xff] & 0xff)];
            if (state < 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Which of them lie in the text, by their places in the list they came from. */
    BitSet in(String text) {
        var which = new BitSet();
        int state = ROOT;
        for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
            state = next[state + (classes[letter & 0xff] & 0xff)];
            if (state < 0) {
                state = ~state;
                which.or(ends[state / width]);
            }
        }
        return which;
    }
}

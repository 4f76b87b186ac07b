package dev.berth.diagnosis.explain;

import java.nio.charset.StandardCharsets;
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
    private final int[] ending; // by state: a literal that ends there, from 1; 0 for none
    private final int[] shorter; // by state: the longest proper suffix of it in which a literal ends; 0 for none
    private final int[] same; // by literal: the next that is the same; 0 for none
    private final int longest;
    private final @Nullable LiteralSamples samples;

    public Literals(List<String> literals) {
        byte[][] all = literals.stream()
                .map(literal -> folded(literal.getBytes(StandardCharsets.UTF_8)))
                .toArray(byte[][]::new);
        width = number(all);
        int states = states(all);
        next = new int[states * width];
        ending = new int[states];
        shorter = new int[states];
        same = new int[all.length + 1];
        plant(all);
        link(states);
        for (int i = 0; i < next.length; i++) {
            int state = next[i];
            next[i] = ending[state] == 0 && shorter[state] == 0 ? state * width : ~(state * width);
        }
        longest = Arrays.stream(all).mapToInt(literal -> literal.length).max().orElse(0);
        samples = LiteralSamples.of(all);
    }

    /** Gives every letter that occurs a class of its own, and all others one together. */
    private int number(byte[][] all) {
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

    /** The root, and one for every letter behind what a literal has in common with others. */
    private static int states(byte[][] all) {
        byte[][] sorted = all.clone();
        Arrays.sort(sorted, Arrays::compare);
        byte[] before = {};
        int count = 1;
        for (byte[] literal : sorted) {
            int common = Arrays.mismatch(before, literal);
            count += common < 0 ? 0 : literal.length - common;
            before = literal;
        }
        return count;
    }

    /** Makes the tree of all literals; 0, the root, is where no letter leads on. */
    private void plant(byte[][] all) {
        int states = 1;
        for (int i = all.length - 1; i >= 0; i--) {
            int state = ROOT;
            for (byte letter : all[i]) {
                int at = state * width + (classes[letter & 0xff] & 0xff);
                if (next[at] == ROOT) {
                    next[at] = states++;
                }
                state = next[at];
            }
            same[i + 1] = ending[state];
            ending[state] = i + 1;
        }
    }

    /** Turns the tree into an automaton: where no letter leads on, as the longest proper suffix does. */
    private void link(int states) {
        var suffix = new int[states];
        var queue = new int[states];
        int queued = 1; // the root
        for (int i = 0; i < queued; i++) {
            int state = queue[i];
            int row = state * width;
            int other = suffix[state] * width;
            shorter[state] = ending[suffix[state]] == 0 ? shorter[suffix[state]] : suffix[state];
            for (int column = 0; column < width; column++) {
                int to = next[row + column];
                if (to == ROOT) {
                    next[row + column] = next[other + column];
                } else {
                    suffix[to] = state == ROOT ? ROOT : next[other + column];
                    queue[queued++] = to;
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
                for (int end = state / width; end != ROOT; end = shorter[end]) {
                    for (int literal = ending[end]; literal != 0; literal = same[literal]) {
                        which.set(literal - 1);
                    }
                }
            }
        }
        return which;
    }
}

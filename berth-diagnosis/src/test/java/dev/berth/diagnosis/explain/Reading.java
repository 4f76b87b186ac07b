package dev.berth.diagnosis.explain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read from a line, in the words of {@link Clue#toString()}. A listen counts as a bind, for both want the port.
 *
 * @param error its name without the {@code WSA} of Windows, and its number where there is one
 */
record Reading(
        String operation,
        @Nullable String local,
        @Nullable String remote,
        boolean udp,
        @Nullable String error) {
    enum Verdict {
        RIGHT,
        /** It contradicts the label. */
        WRONG,
        /** It says less than the label. */
        UNKNOWN
    }

    private static final Reading NOTHING = parse("unknown");

    static Reading of(@Nullable Clue clue) {
        return clue == null ? NOTHING : parse(clue.toString());
    }

    static Reading parse(String text) {
        Deque<String> words = new ArrayDeque<>(List.of(text.split(" ")));
        String operation = words.remove();
        String local = isEndpoint(words.peek()) ? words.remove() : null;
        String remote = null;
        if ("->".equals(words.peek())) {
            words.remove();
            remote = words.remove();
        }
        boolean udp = words.remove("udp");
        String error = words.isEmpty() ? null : String.join(" ", words).replaceFirst("^WSA", "");
        return new Reading(operation.equals("listen") ? "bind" : operation, local, remote, udp, error);
    }

    private static boolean isEndpoint(@Nullable String word) {
        return word != null && !word.equals("->") && !word.equals("udp") && !word.matches("(WSA)?E[A-Z]+");
    }

    Reading withOperation(String other) {
        return new Reading(other, local, remote, udp, error);
    }

    /** How this is judged by what the line says: by operation, port and address, where it carries them. */
    Verdict against(Reading label) {
        boolean contradicts = differ(operation.equals("unknown") ? null : operation, label.operation)
                || differ(local, label.local)
                || differ(remote, label.remote);
        if (contradicts) {
            return Verdict.WRONG;
        }
        boolean less = !operation.equals(label.operation)
                || local == null && label.local != null
                || remote == null && label.remote != null;
        return less ? Verdict.UNKNOWN : Verdict.RIGHT;
    }

    private static boolean differ(@Nullable String read, @Nullable String label) {
        return read != null && !read.equals(label);
    }

    /** Whether this is all that the label says; what a product's sentence means beyond it may be added. */
    boolean saysAllOf(Reading label) {
        return against(label) == Verdict.RIGHT
                && (udp || !label.udp)
                && (label.error == null || label.error.equals(error));
    }
}

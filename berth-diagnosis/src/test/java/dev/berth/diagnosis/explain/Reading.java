package dev.berth.diagnosis.explain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
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
        if (differ(operation.equals("unknown") ? null : operation, label.operation)
                || differ(local, label.local)
                || differ(remote, label.remote)) {
            return Verdict.WRONG;
        }
        return operation.equals(label.operation)
                        && Objects.equals(local, label.local)
                        && Objects.equals(remote, label.remote)
                ? Verdict.RIGHT
                : Verdict.UNKNOWN;
    }

    private static boolean differ(@Nullable String read, @Nullable String label) {
        boolean onlyPort = read != null
                && label != null
                && read.startsWith("*:")
                && label.endsWith(read.substring(1)); // says less, and nothing else
        return read != null && !onlyPort && !read.equals(label);
    }

    /** Whether both name an error, and not the same. */
    boolean contradictsErrorOf(Reading label) {
        return error != null && label.error != null && !error.equals(label.error);
    }
}

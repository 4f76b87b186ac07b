package dev.berth.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named setting of the system: what runs now, and what files say of it.
 *
 * @param name as the system's own tools spell it, such as {@code net.ipv4.tcp_tw_reuse}
 * @param running the text in force, or null where it could not be read
 * @param assignments what files assign, in the order they are applied: the last one wins
 */
public record Tunable(String name, @Nullable String running, List<Assignment> assignments) {
    public Tunable {
        assignments = List.copyOf(assignments);
    }

    /**
     * One line of one file, or one value of a registry.
     *
     * @param file a path, or the key of a registry
     * @param line 0 of a registry
     */
    public record Assignment(String file, int line, String value) {
        /** {@code file:line}, or the key. */
        public String source() {
            return line == 0 ? file : file + ":" + line;
        }
    }

    /** The assignment that the next start would leave in force. */
    public @Nullable Assignment persistent() {
        return assignments.isEmpty() ? null : assignments.getLast();
    }
}

package dev.berth.lab.bench;

import dev.berth.lab.Need;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that is timed.
 *
 * @param name as a person types it
 * @param words what is run
 * @param need what it takes; null where it is always here
 */
public record Contender(
        String name,
        Kind kind,
        List<String> words,
        @Nullable Need need) {
    /** What a command is beside the others. */
    public enum Kind {
        BERTH,
        PEER,
        /** The least that can be done to the same end. */
        FLOOR
    }

    /** Whether that exit code is an answer: Berth's 1 says that somebody holds a port, or that there is something to tell. */
    boolean answersWith(int exitCode) {
        return exitCode == 0 || kind == Kind.BERTH && exitCode == 1;
    }
}

package dev.berth.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option.
 *
 * @param name without the dashes
 * @param letter the short form, or null
 * @param value what its argument is called in the help, or null where it takes none
 * @param choices the only values it takes; empty for any
 */
public record OptionSpec(
        String name, @Nullable String letter, @Nullable String value, String description, List<String> choices) {
    /** Whether a shell completes its value to a file or folder. */
    boolean namesFile() {
        return "FILE".equals(value) || "FOLDER".equals(value);
    }

    OptionSpec described(String other) {
        return new OptionSpec(name, letter, value, other, choices);
    }

    static OptionSpec flag(String name, String description) {
        return new OptionSpec(name, null, null, description, List.of());
    }

    static OptionSpec value(String name, String value, String description) {
        return new OptionSpec(name, null, value, description, List.of());
    }

    static OptionSpec choice(String name, String description, String... choices) {
        return new OptionSpec(name, null, String.join("|", choices), description, List.of(choices));
    }
}

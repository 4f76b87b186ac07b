package dev.berth.lab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Berth that is timed: the command that its launcher becomes, with the AOT cache that the launcher would choose.
 *
 * @param words the JVM, its flags and what it starts
 * @param others the same for commands that have another cache, by name
 * @param home the checkout, with the launcher in it; null where it is not known
 */
public record Berth(
        List<String> words,
        Map<String, List<String>> others,
        @Nullable Path home) {
    List<String> command(String... arguments) {
        return Stream.concat(others.getOrDefault(arguments[0], words).stream(), Stream.of(arguments))
                .toList();
    }
}

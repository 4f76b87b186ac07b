package dev.berth.lab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Berth that is timed: the command that its launcher becomes, with the AOT cache that the launcher would choose.
 *
 * @param words the JVM, its flags and what it starts
 * @param whoWords the same for {@code who}, which has a cache of its own
 * @param home the checkout, with the launcher in it; null where it is not known
 */
public record Berth(
        List<String> words, List<String> whoWords, @Nullable Path home) {
    List<String> command(String... arguments) {
        return Stream.concat((arguments[0].equals("who") ? whoWords : words).stream(), Stream.of(arguments))
                .toList();
    }
}

package dev.berth.windows.settings;

import dev.berth.platform.Gap;
import dev.berth.platform.Settings.Scope;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What could not be read of the tables, told once for all those that lack it for the same reason. */
final class ScopedGaps {
    private static final int SCOPES = 4;

    private final SequencedMap<Gap, SequencedSet<Scope>> gaps = new LinkedHashMap<>();

    /** What was read; null, and a gap, where it was not. */
    <T> @Nullable T read(Reply<T> reply, String what, Scope scope) {
        return switch (reply) {
            case Reply.Read<T>(T value) -> value;
            case Reply.Unread<T>(var why) -> {
                missing(what, why, scope);
                yield null;
            }
        };
    }

    void missing(String what, String why, Scope scope) {
        gaps.computeIfAbsent(new Gap(what, why), _ -> new LinkedHashSet<>()).add(scope);
    }

    List<Gap> gaps() {
        return gaps.entrySet().stream()
                .map(gap -> new Gap(
                        gap.getKey().what() + of(gap.getValue()), gap.getKey().why()))
                .toList();
    }

    private static String of(SequencedSet<Scope> scopes) {
        return scopes.size() == SCOPES
                ? ""
                : scopes.stream()
                        .map(scope -> scope.protocol().label() + " "
                                + scope.family().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}

package dev.berth.windows.settings;

import dev.berth.windows.system.Tools;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was made of what a program printed. */
sealed interface Reply<T> {
    record Read<T>(T value) implements Reply<T> {}

    /** @param why a clause that names the program */
    record Unread<T>(String why) implements Reply<T> {}

    /** What was read; null where nothing was. */
    default @Nullable T orNull() {
        return this instanceof Read<T>(T value) ? value : null;
    }

    /** @param decode null for what is not an answer */
    static <T> Reply<T> of(Tools.Run run, String program, Function<String, @Nullable T> decode) {
        return switch (run) {
            case Tools.Run.Missing(var why) -> new Unread<>(program + " could not be run: " + why);
            case Tools.Run.TooLate() -> new Unread<>(program + " did not end in time");
            case Tools.Run.Ended ended -> {
                T value = decode.apply(ended.output());
                yield value != null ? new Read<>(value) : new Unread<>(program + " " + said(ended));
            }
        };
    }

    /** The first line of either output: in its language, but only what every code page has in common. */
    private static String said(Tools.Run.Ended ended) {
        String text = ended.output().isBlank() ? ended.complaint() : ended.output();
        String line = text.lines().filter(any -> !any.isBlank()).findFirst().orElse("");
        if (line.isEmpty()) {
            return "printed nothing, and ended with " + ended.exit();
        }
        String plain = NOT_PLAIN.matcher(line.strip()).replaceAll("?");
        return "printed '%s%s', and ended with %d"
                .formatted(
                        plain.substring(0, Math.min(plain.length(), LONGEST)),
                        plain.length() > LONGEST ? "…" : "",
                        ended.exit());
    }

    /** Bytes beyond ASCII are of a code page nobody told. */
    Pattern NOT_PLAIN = Pattern.compile("[^ -~]");

    int LONGEST = 100;
}

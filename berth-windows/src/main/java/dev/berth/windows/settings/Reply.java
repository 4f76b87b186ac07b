package dev.berth.windows.settings;

import dev.berth.windows.system.Tools;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was made of what a program printed. */
public sealed interface Reply<T> {
    record Read<T>(T value) implements Reply<T> {}

    /** @param why a clause that names the program and what it did instead */
    record Unread<T>(String why) implements Reply<T> {}

    /** Bytes beyond ASCII are of a code page nobody told. */
    Pattern NOT_PLAIN = Pattern.compile("[^ -~]");

    /** More of a complaint tells nobody more. */
    int LONGEST_LINE = 100;

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

    /** The first line it printed, in whatever language. */
    private static String said(Tools.Run.Ended ended) {
        String text = ended.output().isBlank() ? ended.complaint() : ended.output();
        String line = text.lines()
                .filter(any -> !any.isBlank())
                .findFirst()
                .map(first -> NOT_PLAIN.matcher(first.strip()).replaceAll("?"))
                .orElse("");
        if (line.isEmpty()) {
            return "printed nothing, and ended with " + ended.exit();
        }
        String shown = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
        return "printed '%s', and ended with %d".formatted(shown, ended.exit());
    }
}

package dev.berth.diagnosis.explain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The texts of systems for the errors that a port is refused with, in the languages they are printed in: {@code error-texts.tsv}. */
final class ErrorTexts {
    private record Text(String words, LoggedError error) {}

    /** A text in a line, and where it ends. */
    record Found(LoggedError error, int start, int end) {}

    private final List<Text> texts; // the longest first: some begin like others

    private ErrorTexts(List<Text> texts) {
        this.texts = texts.stream()
                .sorted(Comparator.comparingInt((Text text) -> text.words().length())
                        .reversed())
                .toList();
    }

    static ErrorTexts shipped() {
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ErrorTexts.class.getResourceAsStream("error-texts.tsv")),
                StandardCharsets.UTF_8))) {
            in.readLine(); // the headings
            return new ErrorTexts(in.lines().map(ErrorTexts::text).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Text text(String row) {
        String[] columns = row.split("\t", -1);
        LoggedSystem system = columns[1].equals("any") ? null : PatternWords.system(columns[1]);
        return new Text(folded(columns[3]), new LoggedError(PatternWords.refusal(columns[0]), null, system));
    }

    /** In lower case, letter by letter: as long as before, so that places stay. */
    static String folded(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Character.toLowerCase(letters[i]);
        }
        return new String(letters);
    }

    /** The first text in the line, the longest of those that start there. */
    @Nullable
    Found in(String lower) {
        Found first = null;
        for (Text text : texts) {
            int at = lower.indexOf(text.words());
            if (at >= 0 && (first == null || at < first.start())) {
                first = new Found(text.error(), at, at + text.words().length());
            }
        }
        return first;
    }

    /** The text that starts at exactly {@code from}. */
    @Nullable
    Found at(String lower, int from) {
        for (Text text : texts) {
            if (lower.startsWith(text.words(), from)) {
                return new Found(text.error(), from, from + text.words().length());
            }
        }
        return null;
    }

    List<String> triggers() {
        var all = new ArrayList<String>();
        texts.forEach(text -> all.add(text.words()));
        return all;
    }
}

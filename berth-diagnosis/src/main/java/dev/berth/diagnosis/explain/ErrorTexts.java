package dev.berth.diagnosis.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts of systems for the errors that a port is refused with, in the languages they are printed in: {@code error-texts.tsv}. */
final class ErrorTexts {
    /**
     * @param written as the system writes it
     */
    private record Text(String words, String written, LoggedError error) {}

    /** A text in a line, and where it ends. */
    record Found(LoggedError error, int start, int end) {}

    /** What is said of other things than sockets too, as long as nothing else of the line tells. */
    private static final Set<String> COMMON_SPEECH = Set.of("address in use", "address not available");

    /** Ends in the word that makes the next one, "address", that of something else. */
    private static final Pattern OTHER_ADDRESS = Pattern.compile(
            "\\b(?:e-?mail|mail|mac|ip|ipv4|ipv6|hardware|ethernet|shipping|billing|delivery|postal|street|home|wallet|memory"
                    + "|device|bus|phone|customer)['\"]? $");

    private final List<Text> texts; // the longest first: some begin like others

    private ErrorTexts(List<Text> texts) {
        this.texts = texts.stream()
                .sorted(Comparator.comparingInt((Text text) -> text.words().length())
                        .reversed())
                .toList();
    }

    static ErrorTexts shipped() {
        return new ErrorTexts(Shipped.lines("error-texts.tsv").stream()
                .skip(1) // the headings
                .map(ErrorTexts::text)
                .toList());
    }

    private static Text text(String row) {
        String[] columns = row.split("\t", -1);
        LoggedSystem system = columns[1].equals("any") ? null : PatternWords.system(columns[1]);
        return new Text(
                folded(columns[3]), columns[3], new LoggedError(PatternWords.refusal(columns[0]), null, system));
    }

    /** In lower case, letter by letter: as long as before, so that places stay. */
    static String folded(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Character.toLowerCase(letters[i]);
        }
        return new String(letters);
    }

    private static String asciiFolded(String text) {
        var folded = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            folded.setCharAt(i, letter >= 'A' && letter <= 'Z' ? Character.toLowerCase(letter) : letter);
        }
        return folded.toString();
    }

    /** The first text in the line, the longest of those that start there. */
    @Nullable
    Found in(String lower) {
        Found first = null;
        for (Text text : texts) {
            int at = start(text.words(), lower);
            if (at >= 0 && (first == null || at < first.start())) {
                first = new Found(text.error(), at, at + text.words().length());
            }
        }
        return first;
    }

    private static int start(String words, String lower) {
        int at = lower.indexOf(words);
        while (at >= 0
                && words.startsWith("address")
                && OTHER_ADDRESS.matcher(lower).region(Math.max(0, at - 20), at).find()) {
            at = lower.indexOf(words, at + 1);
        }
        return at;
    }

    /** Whether people say it of other things too. */
    boolean isCommonSpeech(String lower, Found found) {
        return COMMON_SPEECH.contains(lower.substring(found.start(), found.end()));
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

    /** As systems write them. */
    List<String> written() {
        return texts.stream().map(Text::written).toList();
    }

    List<String> triggers() {
        var all = new ArrayList<String>();
        for (Text text : texts) {
            all.add(text.words());
            if (!folded(text.written()).equals(asciiFolded(text.written()))) {
                all.add(text.written());
            }
        }
        return all;
    }
}

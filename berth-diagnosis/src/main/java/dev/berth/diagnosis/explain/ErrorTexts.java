package dev.berth.diagnosis.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]+");
    private static final int LEAST_PLAIN = 6;

    private final List<Text> texts; // the longest first: some begin like others
    private final Map<Character, List<Text>> byFirstLetter;
    private final List<Text> triggered = new ArrayList<>(); // by each of the triggers
    private final List<String> triggers = new ArrayList<>();

    private ErrorTexts(List<Text> texts) {
        this.texts = texts.stream()
                .sorted(Comparator.comparingInt((Text text) -> text.words().length())
                        .reversed())
                .toList();
        byFirstLetter = this.texts.stream()
                .collect(Collectors.groupingBy(text -> text.words().charAt(0)));
        for (Text text : this.texts) {
            trigger(text.words(), text);
            if (!folded(text.written()).equals(asciiFolded(text.written()))) {
                trigger(text.written(), text);
            }
            String plain = longestAscii(text.words());
            if (plain.length() < text.words().length() && plain.length() >= LEAST_PLAIN) {
                trigger(plain, text);
            }
        }
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

    /** What a text has in common with itself in every encoding of one byte a letter. */
    private static String longestAscii(String words) {
        String longest = "";
        for (String run : NOT_ASCII.split(words, -1)) {
            longest = run.length() > longest.length() ? run : longest;
        }
        return longest;
    }

    private void trigger(String literal, Text text) {
        triggers.add(literal);
        triggered.add(text);
    }

    /**
     * The first text in the line, the longest of those that start there.
     *
     * @param there which of {@link #triggers()} the line has, their first one at {@code from}
     */
    @Nullable
    Found in(String lower, BitSet there, int from) {
        Found first = null;
        for (int i = there.nextSetBit(from); i >= 0 && i < from + triggered.size(); i = there.nextSetBit(i + 1)) {
            Text text = triggered.get(i - from);
            int at = start(text.words(), lower);
            int end = at + text.words().length();
            if (at >= 0 && (first == null || at < first.start() || at == first.start() && end > first.end())) {
                first = new Found(text.error(), at, end);
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
        List<Text> candidates = from < lower.length() ? byFirstLetter.get(lower.charAt(from)) : null;
        for (Text text : candidates == null ? List.<Text>of() : candidates) {
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

    /** What a line has one of if one of the texts is in it. */
    List<String> triggers() {
        return triggers;
    }
}

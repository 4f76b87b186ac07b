package dev.berth.remedy.policy;

import java.util.regex.Pattern;

/** Other people's words as they stand in a policy. */
final class Words {
    static final int LONGEST = 100;

    /** What a name may be: see docs/policy.schema.json. */
    static final Pattern WORD = Pattern.compile("[^\\p{Cc} ]([^\\p{Cc}]*[^\\p{Cc} ])?");

    /** What YAML takes for a text without quotes, as far as that is certain: neither a number nor a word with a meaning. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./@-]*( [A-Za-z0-9_./@-]+)*");

    private static final Pattern MEANING = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private static final int LONGEST_DRAFTED = 60; // so that more can be added, which tells it from others

    private Words() {}

    /** The nearest name to a text that may be anything, such as that of a process. */
    static String name(String text) {
        String word = comment(text).strip();
        if (word.length() > LONGEST_DRAFTED) {
            word = word.substring(0, word.offsetByCodePoints(0, word.codePointCount(0, LONGEST_DRAFTED)))
                    .strip();
        }
        return word.isEmpty() ? "unnamed" : word;
    }

    /** On one line and printable, so that a comment ends where it is to end. */
    static String comment(String text) {
        var line = new StringBuilder();
        text.codePoints().forEach(letter -> line.append(printable(letter) ? Character.toString(letter) : "?"));
        return line.toString();
    }

    private static boolean printable(int letter) { // YAML 1.2, 5.1, less what some take for the end of a line
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** A word as YAML, in quotes where it would be read as something else. */
    static String yaml(String word) {
        if (PLAIN.matcher(word).matches() && !MEANING.matcher(word).matches()) {
            return word;
        }
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

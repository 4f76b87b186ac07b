package dev.berth.linux.configured;

import java.util.ArrayList;
import java.util.List;

/**
 * One directive of an nginx configuration, up to its {@code ;} or the brace that opens its block.
 *
 * @param words none where a block closes
 */
record NginxDirective(int line, List<String> words, End end) {
    enum End {
        PLAIN,
        OPENS,
        CLOSES
    }

    String name() {
        return words.isEmpty() ? "" : words.getFirst();
    }

    /** All directives of {@code text}, in order. A directive that nothing ends is left out. */
    static List<NginxDirective> all(String text) {
        var directives = new ArrayList<NginxDirective>();
        var words = new ArrayList<String>();
        int line = 1;
        int begun = 1;
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ';' || c == '{' || c == '}') {
                End end = c == ';' ? End.PLAIN : c == '{' ? End.OPENS : End.CLOSES;
                directives.add(new NginxDirective(words.isEmpty() ? line : begun, List.copyOf(words), end));
                words.clear();
                at++;
            } else {
                begun = words.isEmpty() ? line : begun;
                boolean quoted = c == '"' || c == '\'';
                int end = quoted ? endOfQuoted(text, at) : endOfWord(text, at);
                String word = text.substring(at, end);
                words.add(quoted ? unquoted(word) : word);
                line += (int) word.chars().filter(next -> next == '\n').count();
                at = end;
            }
        }
        return directives;
    }

    private static int endOfQuoted(String text, int at) {
        char quote = text.charAt(at);
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, text.length());
    }

    private static int endOfWord(String text, int at) {
        int end = at;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && ";{}".indexOf(text.charAt(end)) < 0) {
            boolean variable = text.startsWith("${", end);
            int close = variable ? text.indexOf('}', end) : -1;
            end = close >= 0 ? close + 1 : end + (text.charAt(end) == '\\' ? 2 : variable ? 2 : 1);
        }
        return Math.min(end, text.length());
    }

    private static String unquoted(String word) {
        boolean closed = word.length() > 1 && word.charAt(word.length() - 1) == word.charAt(0);
        return word.substring(1, closed ? word.length() - 1 : word.length());
    }
}

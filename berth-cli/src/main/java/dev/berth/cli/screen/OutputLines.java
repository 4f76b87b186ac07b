package dev.berth.cli.screen;

import java.util.List;

/** What a program wrote to a terminal, as lines of a page: harmless, tab stops every eight columns, no blanks at the end. */
final class OutputLines {
    private static final int TAB = 8;

    private OutputLines() {}

    static List<String> of(String output) {
        return output.stripTrailing().lines().map(OutputLines::line).toList();
    }

    private static String line(String line) {
        var text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (letter == '\t') {
                text.repeat(' ', TAB - text.length() % TAB);
            } else {
                text.append(letter);
            }
        }
        return Escaped.text(text.toString().stripTrailing());
    }
}

package dev.berth.cli.screen;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/** Text for terminals that lack some of its letters, as code pages of Windows do: look-alikes of ASCII stand for those of Berth's own. */
public final class LookAlikes {
    private LookAlikes() {}

    /** The text in letters that there are; what has no look-alike becomes a question mark. */
    public static String in(String text, Charset letters) {
        CharsetEncoder encoder = letters.newEncoder();
        var there = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (encoder.canEncode(letter)) {
                there.append(letter);
            } else {
                boolean last = at + 1 == text.length() || text.charAt(at + 1) == '\n';
                there.append(letter == '…' && last ? "~" : of(letter)); // a line that was cut keeps its width
            }
        }
        return there.toString();
    }

    private static String of(char letter) {
        return switch (letter) {
            case '…' -> "...";
            case '→' -> "->";
            case '·', '─', '—', '–', '░' -> "-";
            case '’' -> "'";
            case '×' -> "x";
            case '▒' -> "=";
            case '▓' -> "%";
            case '█' -> "#";
            case '▏' -> "|";
            case '▶' -> ">";
            default -> "?";
        };
    }
}

package dev.berth.cli.screen;

import dev.berth.platform.Gap;
import java.util.List;

/** A screen being written: lines that fit the width, in the colours there are. */
public final class Page {
    /** The width of a page that is no terminal's: nothing is cut and no line is folded. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int ENTRY = 30;

    private final StringBuilder text;
    private final int columns;
    private final Ink ink;

    /**
     * @param text where the lines go
     * @param columns the width of the terminal, or {@link #UNLIMITED}
     */
    public Page(StringBuilder text, int columns, Ink ink) {
        this.text = text;
        this.columns = columns;
        this.ink = ink;
    }

    /** Whether all that was written is seen at once on a terminal of so many rows, with the cursor below it. */
    public boolean fits(int rows) {
        long taken = 1;
        int width = 0;
        boolean colour = false;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (colour) {
                colour = letter != Ink.END;
            } else if (letter == '\n') {
                taken += 1 + Math.max(0, width - 1) / columns; // what is not cut goes on in the next row
                width = 0;
            } else if (letter == Ink.ESCAPE) {
                colour = true;
            } else {
                width++;
            }
        }
        return taken <= rows;
    }

    StringBuilder text() {
        return text;
    }

    int columns() {
        return columns;
    }

    Ink ink() {
        return ink;
    }

    /** A line that says what was done; names of files in it are escaped. */
    public void note(String done) {
        line(Escaped.text(done));
    }

    /** A word and what it means; the meaning moves to a line of its own where the word is long. */
    public void entry(String word, String meaning) {
        text.append("  ").append(word);
        if (word.length() > ENTRY - 4) {
            text.append('\n');
            prose("", 0, ENTRY, meaning);
        } else {
            prose("", 2 + word.length(), ENTRY, meaning);
        }
    }

    /** Prose from the left edge. */
    public void paragraph(String prose) {
        prose(0, prose);
    }

    Page line(String line) {
        text.append(line).append('\n');
        return this;
    }

    public Page blank() {
        text.append('\n');
        return this;
    }

    /**
     * Writes prose behind a label, folded between words.
     *
     * @param label as it is to be seen, colours included
     * @param indent where the prose starts, on each of its lines
     * @param labelWidth how many columns {@code label} takes
     */
    Page prose(String label, int labelWidth, int indent, String prose) {
        text.append(label);
        pad(indent - labelWidth);
        int at = indent;
        int start = 0;
        while (start < prose.length()) {
            int end = prose.indexOf(' ', start);
            if (end < 0) {
                end = prose.length();
            }
            int length = end - start;
            if (at > indent && at + 1 + length > columns) {
                text.append('\n');
                pad(indent);
                at = indent;
            }
            if (at > indent) {
                text.append(' ');
                at++;
            }
            text.append(prose, start, end);
            at += length;
            start = end + 1;
        }
        text.append('\n');
        return this;
    }

    Page prose(int indent, String prose) {
        return prose("", 0, indent, prose);
    }

    /** Cuts a line where the page ends. */
    void cut(StringBuilder line) {
        if (line.length() > columns) {
            line.setLength(columns - 1);
            line.append('…');
        }
    }

    void pad(int spaces) {
        for (int i = 0; i < spaces; i++) {
            text.append(' ');
        }
    }

    /** What could not be seen, last on every screen. */
    void gaps(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        blank().line(ink.bold("Not seen"));
        for (Gap gap : gaps) {
            prose(2, Escaped.text(gap.what()) + ": " + Escaped.text(gap.why()));
        }
    }
}

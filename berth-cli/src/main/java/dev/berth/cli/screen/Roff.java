package dev.berth.cli.screen;

import java.util.Locale;

/** A manual page being written, in the macros of man(7) that every formatter knows. What is put in is text, whatever it looks like. */
public final class Roff {
    private final StringBuilder page = new StringBuilder();

    /**
     * @param comment its first line, which nobody sees who reads the page
     * @param version for its footer; there is no date, so that it is the same each time
     */
    public Roff(String comment, String name, String version) {
        page.append(".\\\" ").append(comment).append('\n');
        page.append(".TH \"")
                .append(escaped(name.toUpperCase(Locale.ROOT)))
                .append("\" 1 \"\" \"")
                .append(escaped("Berth " + version))
                .append("\" Berth\n");
        page.append(".nh\n.ad l\n"); // what is to be typed is neither hyphenated nor stretched
    }

    public void section(String title) {
        page.append(".SH \"").append(escaped(title)).append("\"\n");
    }

    /** A line of {@link #bold}, {@link #italic} and {@link #plain} text that is filled with what follows. */
    public void line(String marked) {
        boolean request = marked.startsWith(".") || marked.startsWith("'");
        page.append(request ? "\\&" : "").append(marked).append('\n');
    }

    /** A word and what it means. */
    public void entry(String marked, String meaning) {
        page.append(".TP\n");
        line(marked);
        line(escaped(meaning));
    }

    public static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    public static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    public static String plain(String text) {
        return escaped(text);
    }

    /** See groff_char(7): each of these would be taken for something else, or be set as a look-alike that cannot be pasted. */
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                case '"' -> escaped.append("\\(dq");
                case '…' -> escaped.append("..."); // not every device has it
                default -> {
                    if (letter < 0x7f) {
                        escaped.appendCodePoint(letter);
                    } else {
                        escaped.append("\\[u%04X]".formatted(letter));
                    }
                }
            }
        });
        String whole = escaped.toString();
        return whole.startsWith(".") ? "\\&" + whole : whole;
    }

    @Override
    public String toString() {
        return page.toString();
    }
}

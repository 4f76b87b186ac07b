package dev.berth.cli.log;

/** The sequences by which a terminal is told colours, titles and links: ECMA-48, 5.4 and 8.3.89. */
final class AnsiCodes {
    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';
    private static final int LONGEST_STRING = 2_048; // of a title or a link

    private AnsiCodes() {}

    static String removed(String text) {
        int next = text.indexOf(ESCAPE);
        if (next < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        int done = 0;
        while (next >= 0) {
            plain.append(text, done, next);
            done = end(text, next);
            next = text.indexOf(ESCAPE, done);
        }
        return plain.append(text, done, text.length()).toString();
    }

    /** The index after the sequence that begins there; after the escape alone where it is none. */
    private static int end(String text, int start) {
        int i = start + 1;
        if (i == text.length()) {
            return i;
        }
        if (text.charAt(i) == '[') {
            i++;
            while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) < 0x40) {
                i++;
            }
            return i < text.length() && text.charAt(i) >= 0x40 && text.charAt(i) < 0x7f ? i + 1 : i;
        }
        if (text.charAt(i) == ']') {
            for (int last = Math.min(text.length(), i + LONGEST_STRING); i < last; i++) {
                if (text.charAt(i) == BELL) {
                    return i + 1;
                }
                if (text.charAt(i) == ESCAPE) {
                    return i + 1 < text.length() && text.charAt(i + 1) == '\\' ? i + 2 : i;
                }
            }
            return start + 1;
        }
        return i;
    }
}

package dev.berth.cli.log;

/** The escapes of strings in JSON, RFC 8259 section 7. */
final class JsonEscapes {
    private JsonEscapes() {}

    /** The text with every escape undone, wherever it stands; what is no escape stays as it is. */
    static String undone(String text) {
        int next = text.indexOf('\\');
        if (next < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        int done = 0;
        while (next >= 0 && next + 1 < text.length()) {
            plain.append(text, done, next);
            char kind = text.charAt(next + 1);
            int unicode = kind == 'u' ? hexadecimal(text, next + 2) : -1;
            if (unicode >= 0) {
                plain.append((char) unicode);
                done = next + 6;
            } else {
                int letter = "\"\\/bfnrt".indexOf(kind);
                if (letter >= 0) {
                    plain.append("\"\\/\b\f\n\r\t".charAt(letter));
                } else {
                    plain.append('\\').append(kind);
                }
                done = next + 2;
            }
            next = text.indexOf('\\', done);
        }
        return plain.append(text, done, text.length()).toString();
    }

    private static int hexadecimal(String text, int from) {
        if (from + 4 > text.length()) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }
}

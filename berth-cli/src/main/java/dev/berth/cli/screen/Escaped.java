package dev.berth.cli.screen;

/**
 * Other people's text, made harmless: whoever names a process must not steer the reader's terminal, break a line, or
 * turn the text around.
 */
public final class Escaped {
    private Escaped() {}

    /** The text with control, format and direction characters written as {@code \\u001b} and so on. */
    public static String text(String foreign) {
        for (int i = 0; i < foreign.length(); i++) {
            if (isHarmful(foreign.charAt(i))) {
                return escape(foreign);
            }
        }
        return foreign;
    }

    private static boolean isHarmful(char letter) {
        if (letter >= ' ' && letter < 0x7f) {
            return false;
        }
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT, // bidirectional overrides and isolates, zero-width characters
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String escape(String foreign) {
        var text = new StringBuilder(foreign.length() + 16);
        for (int i = 0; i < foreign.length(); i++) {
            char letter = foreign.charAt(i);
            if (isHarmful(letter)) {
                String hex = Integer.toHexString(letter);
                text.append("\\u").append("0000", hex.length(), 4).append(hex);
            } else {
                text.append(letter);
            }
        }
        return text.toString();
    }
}

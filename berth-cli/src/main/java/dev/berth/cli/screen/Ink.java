package dev.berth.cli.screen;

/** Colours, or none. Eight ANSI colours only, so that the terminal's own theme decides how they look. */
public enum Ink {
    PLAIN,
    COLOUR;

    /** The first and the last letter of what switches a colour, ECMA-48 SGR. */
    static final char ESCAPE = '\u001b';

    static final char END = 'm';

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String red(String text) {
        return paint("1;31", text);
    }

    String yellow(String text) {
        return paint("1;33", text);
    }

    String green(String text) {
        return paint("1;32", text);
    }

    String cyan(String text) {
        return paint("36", text);
    }

    String blue(String text) {
        return paint("1;34", text);
    }

    String magenta(String text) {
        return paint("1;35", text);
    }

    /** Yellow that is not bold, as the terminals of old had it. */
    String brown(String text) {
        return paint("33", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : ESCAPE + "[" + code + END + text + ESCAPE + "[0" + END;
    }
}

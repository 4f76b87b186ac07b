package dev.berth.cli.picture;

import dev.berth.diagnosis.map.PortKind;

/** What a picture is drawn on. Lengths are pixels, counted from the top left corner. */
interface Canvas {
    /** The width of a letter, with the blank behind it, for each unit of its size. */
    int LETTER_WIDTH = 6;

    /** The height of a capital letter for each unit of its size. */
    int LETTER_HEIGHT = 7;

    void fill(PortKind kind, int x, int y, int width, int height);

    /**
     * Writes one line; {@code x} and {@code y} are the top left corner of its first letter.
     *
     * @param size 1 or more; every letter is as wide as any other
     */
    void text(int x, int y, int size, String text);
}

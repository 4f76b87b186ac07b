package dev.berth.cli.picture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Letters of five by seven pixels for printable ASCII; a box stands for any other. They are in {@code letters.txt}, drawn
 * sixteen to a band: a line that says which, then the seven rows of all of them.
 */
final class PixelFont {
    static final int COLUMNS = 5;
    static final int ROWS = 7;

    private static final int IN_A_BAND = 16;
    private static final int FIRST = ' ';
    private static final int BOX = 0x7F; // its place in the last band

    private final String[] lines;

    private PixelFont(String[] lines) {
        this.lines = lines;
    }

    static PixelFont shipped() {
        try (InputStream text = PixelFont.class.getResourceAsStream("letters.txt")) {
            if (text == null) {
                throw new IllegalStateException("letters.txt is missing");
            }
            return new PixelFont(new String(text.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isInk(char letter, int column, int row) {
        int place = (letter < FIRST || letter > BOX ? BOX : letter) - FIRST;
        String line = lines[place / IN_A_BAND * (ROWS + 1) + 1 + row];
        return line.charAt(place % IN_A_BAND * (COLUMNS + 1) + column) == '#';
    }
}

package dev.berth.cli.picture;

import dev.berth.cli.look.Chart;
import dev.berth.diagnosis.map.PortKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A map as Portable Network Graphics: sixteen colours at most, and letters of its own. */
@SuppressWarnings("EnumOrdinal") // a kind's colour is at its place in the palette
public final class PngPicture implements Canvas {
    private static final byte PAGE = 0;
    private static final byte INK = 1;
    private static final int KINDS = 2; // from here on

    private final int width;
    private final byte[] pixels; // places in the palette, row by row
    private final PixelFont font = PixelFont.shipped();

    private PngPicture(int width, int height) {
        this.width = width;
        this.pixels = new byte[width * height];
        Arrays.fill(pixels, PAGE);
    }

    public static void write(OutputStream out, Chart chart) throws IOException {
        var picture = new MapPicture(chart);
        var canvas = new PngPicture(picture.width(), picture.height());
        picture.draw(canvas);
        IndexedPng.write(out, canvas.width, canvas.pixels, palette());
    }

    private static int[] palette() {
        PortKind[] kinds = PortKind.values();
        int[] palette = new int[KINDS + kinds.length];
        palette[PAGE] = Palette.PAGE;
        palette[INK] = Palette.INK;
        for (PortKind kind : kinds) {
            palette[KINDS + kind.ordinal()] = Palette.of(kind);
        }
        return palette;
    }

    @Override
    public void fill(PortKind kind, int x, int y, int boxWidth, int height) {
        fill((byte) (KINDS + kind.ordinal()), x, y, boxWidth, height);
    }

    private void fill(byte colour, int x, int y, int boxWidth, int height) {
        for (int row = y; row < y + height; row++) {
            Arrays.fill(pixels, row * width + x, row * width + x + boxWidth, colour);
        }
    }

    @Override
    public void text(int x, int y, int size, String text) {
        for (int i = 0; i < text.length(); i++) {
            letter(x + i * LETTER_WIDTH * size, y, size, text.charAt(i));
        }
    }

    private void letter(int x, int y, int size, char letter) {
        for (int row = 0; row < PixelFont.ROWS; row++) {
            for (int column = 0; column < PixelFont.COLUMNS; column++) {
                if (font.isInk(letter, column, row)) {
                    fill(INK, x + column * size, y + row * size, size, size);
                }
            }
        }
    }
}

package dev.berth.cli.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a picture of sixteen colours at most. See the PNG specification, third edition: section 5 for the chunks, 11.2 for
 * what is in them.
 */
final class IndexedPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int BITS = 4; // for each pixel
    private static final int INDEXED = 3; // the colour type
    private static final int NO_FILTER = 0; // section 12.7: the best choice for indexed colours

    private IndexedPng() {}

    /**
     * @param pixels a place in the palette for each pixel, row by row
     * @param palette colours as 0xRRGGBB, sixteen at most
     */
    static void write(OutputStream out, int width, byte[] pixels, int[] palette) throws IOException {
        var png = new DataOutputStream(out);
        png.write(SIGNATURE);
        chunk(png, "IHDR", header(width, pixels.length / width));
        chunk(png, "PLTE", colours(palette));
        chunk(png, "IDAT", deflated(width, pixels));
        chunk(png, "IEND", new byte[0]);
        png.flush();
    }

    private static byte[] header(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var header = new DataOutputStream(bytes);
        header.writeInt(width);
        header.writeInt(height);
        header.writeByte(BITS);
        header.writeByte(INDEXED);
        header.writeByte(0); // the only compression there is
        header.writeByte(0); // the only set of filters there is
        header.writeByte(0); // not interlaced
        return bytes.toByteArray();
    }

    private static byte[] colours(int[] palette) {
        byte[] colours = new byte[3 * palette.length];
        for (int i = 0; i < palette.length; i++) {
            colours[3 * i] = (byte) (palette[i] >> 16);
            colours[3 * i + 1] = (byte) (palette[i] >> 8);
            colours[3 * i + 2] = (byte) palette[i];
        }
        return colours;
    }

    /** Two pixels to a byte, the left one in its upper half; each row begins on a byte of its own. */
    private static byte[] deflated(int width, byte[] pixels) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (var rows = new DeflaterOutputStream(bytes, deflater)) {
            byte[] row = new byte[1 + (width + 1) / 2];
            row[0] = NO_FILTER;
            for (int start = 0; start < pixels.length; start += width) {
                for (int x = 0; x < width; x += 2) {
                    int right = x + 1 < width ? pixels[start + x + 1] : 0;
                    row[1 + x / 2] = (byte) (pixels[start + x] << BITS | right);
                }
                rows.write(row);
            }
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream png, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeInt(data.length);
        png.write(name);
        png.write(data);
        png.writeInt((int) crc.getValue());
    }
}

package dev.berth.windows.system;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The bytes of a value, by its type; winnt.h. Programs write what they like: nothing has to be ended, or of an even length. */
final class RegistryData {
    private static final int REG_SZ = 1;
    private static final int REG_EXPAND_SZ = 2;
    private static final int REG_DWORD = 4;
    private static final int REG_MULTI_SZ = 7;

    private RegistryData() {}

    static RegistryValue decode(int type, byte[] data) {
        return switch (type) {
            case REG_DWORD -> dword(data);
            case REG_SZ, REG_EXPAND_SZ -> new RegistryValue.Text(strings(data).getFirst());
            case REG_MULTI_SZ ->
                new RegistryValue.Lines(strings(data).stream()
                        .takeWhile(line -> !line.isEmpty())
                        .toList());
            default -> new RegistryValue.Other(type, data.length);
        };
    }

    private static RegistryValue dword(byte[] data) {
        if (data.length != Integer.BYTES) {
            return new RegistryValue.Other(REG_DWORD, data.length);
        }
        int bits = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return new RegistryValue.Dword(Integer.toUnsignedLong(bits));
    }

    /** What the zeroes part; at least one. */
    private static List<String> strings(byte[] data) {
        String text = new String(data, 0, data.length & ~1, StandardCharsets.UTF_16LE);
        return Arrays.asList(text.split("\0", -1));
    }
}

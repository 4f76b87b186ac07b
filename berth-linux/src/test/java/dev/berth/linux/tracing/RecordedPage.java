package dev.berth.linux.tracing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a kernel of version 6.18 gave; PROVENANCE.md beside it says how. */
final class RecordedPage {
    private RecordedPage() {}

    static ByteBuffer page() throws IOException {
        return ByteBuffer.wrap(bytes("page")).order(ByteOrder.LITTLE_ENDIAN);
    }

    static String text(String file) throws IOException {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String file) throws IOException {
        try (var in = Objects.requireNonNull(RecordedPage.class.getResourceAsStream(file))) {
            return in.readAllBytes();
        }
    }
}

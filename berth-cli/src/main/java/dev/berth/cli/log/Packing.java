package dev.berth.cli.log;

import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** How logs are packed, known by how they begin. */
enum Packing {
    GZIP("gzip", "zcat", "\u001f\u008b"),
    ZSTD("zstd", "zstdcat", "(\u00b5/\u00fd"),
    XZ("xz", "xzcat", "\u00fd7zXZ\0"),
    BZIP2("bzip2", "bzcat", "BZh?1AY&SY"),
    ZIP("zip", "unzip -p", "PK\u0003\u0004");

    private static final int BUFFER = 64 * 1024;

    private final String name;
    private final String program;
    private final String magic; // a byte a letter; ? is any

    Packing(String name, String program, String magic) {
        this.name = name;
        this.program = program;
        this.magic = magic;
    }

    /** The log as it was before it was packed. */
    static InputStream undone(InputStream in, String called) throws HostReadException, IOException {
        var head = new byte[10];
        int length = 0;
        Packing packing = null;
        boolean ended = false;
        while (packing == null && !ended && mayBecomeOne(head, length)) {
            int next = in.read();
            ended = next < 0;
            if (!ended) {
                head[length++] = (byte) next;
                packing = of(head, length);
            }
        }
        InputStream rest = ended ? InputStream.nullInputStream() : in; // a terminal would be asked again
        InputStream whole = new Rejoined(new ByteArrayInputStream(head, 0, length), rest, in);
        if (packing == null) {
            return whole;
        }
        if (packing != GZIP) {
            boolean file = !called.equals("standard input");
            throw new HostReadException(
                    Kind.BAD_INPUT,
                    "cannot read " + called,
                    "it is packed by " + packing.name,
                    packing.program + " " + (file ? called : "FILE") + " | berth explain -");
        }
        try {
            return new GZIPInputStream(whole, BUFFER);
        } catch (IOException e) {
            throw new HostReadException(
                    Kind.BAD_INPUT,
                    "cannot read " + called,
                    "it begins as what gzip packs, but then: " + e.getMessage(),
                    "look at it: gzip -t");
        }
    }

    private static boolean mayBecomeOne(byte[] head, int length) {
        return length < head.length && Arrays.stream(values()).anyMatch(each -> each.agrees(head, length));
    }

    private static @Nullable Packing of(byte[] head, int length) {
        return Arrays.stream(values())
                .filter(each -> length >= each.magic.length() && each.agrees(head, length))
                .findFirst()
                .orElse(null);
    }

    private boolean agrees(byte[] head, int length) {
        for (int i = 0; i < Math.min(length, magic.length()); i++) {
            if (magic.charAt(i) != '?' && magic.charAt(i) != (head[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** The head that was read and the rest. Closes both. */
    private static final class Rejoined extends SequenceInputStream {
        private final InputStream source;

        Rejoined(InputStream head, InputStream rest, InputStream source) {
            super(head, rest);
            this.source = source;
        }

        /** Some JDKs take 0 for the end of what gzip packed, though another member follows: JDK-7036144. */
        @Override
        public int available() {
            return 1;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}

package dev.berth.cli.log;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Tells UTF-16 from everything else by how a log begins: SQL Server writes its ERRORLOG so. */
final class TextEncoding {
    private static final int MOST = 4_096;

    /** In fewer bytes a newline says nothing yet. */
    private static final int LEAST = 16;

    private final byte[] head = new byte[MOST];
    private int length;

    private TextEncoding() {}

    /** The log as UTF-8 without a byte order mark, or as it is where it is not known to be anything else. */
    static InputStream asUtf8(InputStream in) throws IOException {
        return new TextEncoding().read(in);
    }

    private InputStream read(InputStream in) throws IOException {
        InputStream rest = readHead(in);
        if (startsWith(0xef, 0xbb, 0xbf)) {
            return after(3, rest);
        }
        if (startsWith(0xff, 0xfe)) {
            return new Utf8Stream(after(2, rest), StandardCharsets.UTF_16LE);
        }
        if (startsWith(0xfe, 0xff)) {
            return new Utf8Stream(after(2, rest), StandardCharsets.UTF_16BE);
        }
        Charset unmarked = zerosAlternate();
        return unmarked == null ? after(0, rest) : new Utf8Stream(after(0, rest), unmarked);
    }

    private InputStream after(int skipped, InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(head, skipped, length - skipped), rest);
    }

    /**
     * Reads as little as tells, since more may not be there yet: two or three bytes, or of what looks like UTF-16 a line. That
     * is the same in however many pieces the bytes come. @return what follows
     */
    private InputStream readHead(InputStream in) throws IOException {
        while (undecided()) {
            int next;
            try {
                next = in.read();
            } catch (EOFException | ZipException e) { // what was readable before counts
                return new BrokenStream(e);
            }
            if (next < 0) {
                return InputStream.nullInputStream(); // a terminal would be asked again
            }
            head[length++] = (byte) next;
        }
        return in;
    }

    private boolean undecided() {
        if (length < 2 || length == 2 && startsWith(0xef, 0xbb)) {
            return true;
        }
        boolean line = length > LEAST && head[length - 1] == '\n';
        return length < MOST && !line && (zeros(0) == length / 2) != (zeros(1) == length / 2);
    }

    /** How many of the pairs of bytes have a zero there. */
    private int zeros(int place) {
        int count = 0;
        for (int i = 0; i < length / 2; i++) {
            count += head[2 * i + place] == 0 ? 1 : 0;
        }
        return count;
    }

    private boolean startsWith(int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= length || (head[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Charset zerosAlternate() {
        int pairs = length / 2;
        if (pairs < 2 || zeros(0) + zeros(1) != pairs) {
            return null;
        }
        return zeros(0) == 0 ? StandardCharsets.UTF_16LE : zeros(1) == 0 ? StandardCharsets.UTF_16BE : null;
    }

    /** Fails when read, as what it stands for did. */
    private static final class BrokenStream extends InputStream {
        private final IOException cause;

        BrokenStream(IOException cause) {
            this.cause = cause;
        }

        @Override
        public int read() throws IOException {
            throw cause;
        }
    }
}

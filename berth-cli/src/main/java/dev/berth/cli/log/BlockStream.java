package dev.berth.cli.log;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in blocks. */
abstract class BlockStream extends InputStream {
    @Override
    public final int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Waits for a byte at least. */
    @Override
    public abstract int read(byte[] into, int offset, int length) throws IOException;
}

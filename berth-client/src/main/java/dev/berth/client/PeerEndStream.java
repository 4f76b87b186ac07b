package dev.berth.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Says when the end of what the peer sends was read: the peer has closed its side. */
final class PeerEndStream extends FilterInputStream {
    private final Runnable ended;

    PeerEndStream(InputStream in, Runnable ended) {
        super(in);
        this.ended = ended;
    }

    private int seen(int count) {
        if (count < 0) {
            ended.run();
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        return seen(in.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return seen(in.read(bytes, offset, length));
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        long count = in.transferTo(out);
        ended.run();
        return count;
    }
}

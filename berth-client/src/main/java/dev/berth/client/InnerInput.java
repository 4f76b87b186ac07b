package dev.berth.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;

/** Reads from the inner socket, and says when the end of what the peer sends was read: the peer has closed its side. */
final class InnerInput extends FilterInputStream {
    private final ChoosingSocketImpl owner;

    InnerInput(InputStream in, ChoosingSocketImpl owner) {
        super(in);
        this.owner = owner;
    }

    @Override
    public int read() throws IOException {
        try {
            return seen(in.read());
        } catch (SocketException e) {
            throw owner.outwards(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return seen(in.read(bytes, offset, length));
        } catch (SocketException e) {
            throw owner.outwards(e);
        }
    }

    private int seen(int count) {
        if (count < 0) {
            owner.sawEnd();
        }
        return count;
    }
}

package dev.berth.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;

/** Writes to the inner socket. */
final class InnerOutput extends FilterOutputStream {
    private final ChoosingSocketImpl owner;

    InnerOutput(OutputStream out, ChoosingSocketImpl owner) {
        super(out);
        this.owner = owner;
    }

    @Override
    public void write(int one) throws IOException {
        try {
            out.write(one);
        } catch (SocketException e) {
            throw owner.outwards(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length)
            throws IOException { // at once: the inherited one writes byte by byte
        try {
            out.write(bytes, offset, length);
        } catch (SocketException e) {
            throw owner.outwards(e);
        }
    }
}

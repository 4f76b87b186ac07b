package dev.berth.cli.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A pipe, where a write fails when nobody reads any more. Windows says so in the language of its user; this says it in one. */
final class PipeOutput extends FilterOutputStream {
    PipeOutput(OutputStream pipe) {
        super(pipe);
    }

    @Override
    public void write(int letter) throws IOException {
        write(new byte[] {(byte) letter}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new IOException("Broken pipe", e);
        }
    }
}

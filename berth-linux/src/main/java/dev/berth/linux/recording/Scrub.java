package dev.berth.linux.recording;

import dev.berth.linux.kernel.KernelFiles;
import java.nio.ByteBuffer;

final class Scrub implements Redaction {
    static Scrub of(KernelFiles live) {
        return new Scrub();
    }

    @Override
    public byte[] file(String path, byte[] contents) {
        return contents;
    }

    @Override
    public void datagram(ByteBuffer datagram) {}
}

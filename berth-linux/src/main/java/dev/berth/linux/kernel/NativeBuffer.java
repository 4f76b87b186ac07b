package dev.berth.linux.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Memory that system calls read and write, made once and used for many calls; for one thread at a time. A direct buffer
 * rather than an arena: its accessors are linked before the program starts, those of a segment on first use.
 */
public final class NativeBuffer {
    private final ByteBuffer bytes;
    private final long address;

    /** @param capacity in bytes */
    public NativeBuffer(int capacity) {
        this(ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder()));
    }

    private NativeBuffer(ByteBuffer direct) {
        bytes = direct;
        address = MemorySegment.ofBuffer(direct).address();
    }

    /** A path or name as the kernel takes it: UTF-8, ended by a zero byte. */
    public static NativeBuffer ofText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var buffer = new NativeBuffer(utf8.length + 1);
        buffer.bytes.put(0, utf8);
        return buffer;
    }

    /** The memory in native byte order; position and limit are the user's, system calls do not look at them. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Where the memory starts; valid while this object is reachable. */
    public long address() {
        return address;
    }

    public int capacity() {
        return bytes.capacity();
    }
}

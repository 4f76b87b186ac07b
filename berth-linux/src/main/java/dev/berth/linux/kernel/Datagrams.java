package dev.berth.linux.kernel;

import dev.berth.platform.HostReadException;
import java.nio.ByteBuffer;

/** The datagrams of one netlink dump, in order, as the kernel sent them. */
public interface Datagrams extends AutoCloseable {
    /**
     * Reads the next datagram.
     *
     * @param into direct, at least 64 KiB, in native byte order; is cleared first, and flipped afterwards
     * @return false when there are no more to be had
     */
    boolean receive(ByteBuffer into) throws HostReadException;

    @Override
    void close();
}

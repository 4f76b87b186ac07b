package dev.berth.platform;

/** Reads sockets one after another; the cursor itself is the current row. Used by one thread at a time. */
public interface SocketCursor extends SocketRow {
    /**
     * Steps to the next socket.
     *
     * @return false when there are no more
     * @throws HostReadException when the source failed midway, so that what was read is not the whole
     */
    boolean next() throws HostReadException;
}

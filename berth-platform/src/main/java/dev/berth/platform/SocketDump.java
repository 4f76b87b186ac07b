package dev.berth.platform;

import java.util.List;

/**
 * The sockets of one query, to be read once. Not an instant but a smear over the milliseconds that reading takes.
 */
public interface SocketDump extends AutoCloseable {
    /** Cursors over disjoint parts that together are the whole; they may be read on different threads at once. */
    List<? extends SocketCursor> parts();

    /** What this source does not show, known before anything is read. */
    List<Gap> gaps();

    @Override
    void close();
}

package dev.berth.client.tuples;

import java.net.InetSocketAddress;

/**
 * Where the search for a free port begins. It goes on upwards from there, and from the last candidate to the first. Used
 * by many threads at once: two may begin at the same place, and the tables see to it that they end at different ports.
 */
public interface Ordering {
    /** What has to be known of a destination; computed once for each, and handed to the methods below. */
    default long place(InetSocketAddress destination) {
        return 0;
    }

    /** What is random of one search: drawn before the lock of a destination is taken, since that may wait for the system. */
    default int draw(int size) {
        return 0;
    }

    /**
     * The index to begin at: 0 to {@code size} - 1.
     *
     * @param drawn by {@link #draw}
     */
    int start(long place, int size, int drawn);

    /** The search that began at {@link #start} ended at this index. */
    default void taken(long place, int index, int size) {}
}

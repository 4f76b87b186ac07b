package dev.berth.linux.processes;

import dev.berth.platform.OwnerQuery;
import java.util.function.IntPredicate;

/** Reads {@code /proc/PID/fd} of one process after another: proc_pid_fd(5). For one thread. */
interface DescriptorReader extends AutoCloseable {
    /** How reading one process went. */
    enum Outcome {
        READ,
        /** It has no descriptor at all, as a kernel thread, or a process whose first thread has ended before others. */
        EMPTY,
        /** It is there, and its descriptors may not be read. */
        HIDDEN,
        /** It ended before or while it was read: not a failure. */
        ENDED,
        /** It was enough before its end. */
        ABANDONED
    }

    /**
     * Adds those sockets the query wants of a process, or of one thread of a process.
     *
     * @param enough asked now and then whether to stop, and told how many descriptors have been read
     */
    Outcome read(int id, OwnerQuery query, SocketInodes into, IntPredicate enough);

    /** Whether a process has a socket the query wants as one of these descriptors. */
    boolean holdsAny(int id, int[] descriptors, OwnerQuery query);

    @Override
    void close();
}

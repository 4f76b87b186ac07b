package dev.berth.linux.processes;

import dev.berth.platform.OwnerQuery;

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
        ENDED
    }

    /** Adds those sockets the query wants of a process, or of one thread of a process. */
    Outcome read(int id, OwnerQuery query, SocketInodes into);

    @Override
    void close();
}

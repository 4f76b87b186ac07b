package dev.berth.linux.processes;

import dev.berth.platform.OwnerQuery;

/** Reads {@code /proc/PID/fd} of one process after another: proc_pid_fd(5). For one thread. */
interface DescriptorReader extends AutoCloseable {
    /** How reading one process went. */
    enum Outcome {
        READ,
        /** It is there, and its descriptors may not be read. */
        HIDDEN,
        /** It ended before or while it was read: not a failure. */
        ENDED
    }

    /** Adds the sockets of process {@code pid} that the query wants. */
    Outcome read(int pid, OwnerQuery query, SocketInodes into);

    @Override
    void close();
}

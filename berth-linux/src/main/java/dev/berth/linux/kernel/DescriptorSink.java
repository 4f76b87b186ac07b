package dev.berth.linux.kernel;

/** Takes what a walk over descriptors finds. Called by one thread at a time, or guarded by its owner. */
public interface DescriptorSink {
    /** Process {@code pid} has a descriptor of the socket with this inode; the same pair may come twice. */
    void holds(int pid, long inode);

    /** The descriptors of process {@code pid} may not be read. */
    void hidden(int pid);

    /** Not every process was looked into, because the query allowed stopping early. */
    void stoppedEarly();
}

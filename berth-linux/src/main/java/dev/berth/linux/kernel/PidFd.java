package dev.berth.linux.kernel;

import java.time.Duration;

/**
 * A process in hand: a descriptor that stays with it, whoever gets its id next. See pidfd_open(2), Linux 5.3. Safe for use
 * by several threads until it is closed.
 */
public final class PidFd implements AutoCloseable {
    private static final short POLLIN = 1;
    private static final int POLLFD_SIZE = 8; // struct pollfd: int fd, short events, short revents
    private static final int TIMESPEC_SIZE = 16;

    private final LibC libc;
    private final int descriptor;

    private PidFd(LibC libc, int descriptor) {
        this.libc = libc;
        this.descriptor = descriptor;
    }

    /** @throws NativeCallException ESRCH when there is no such process, ENOSYS before Linux 5.3 */
    public static PidFd open(LibC libc, int pid) throws NativeCallException {
        return new PidFd(libc, libc.pidfdOpen(pid));
    }

    /** The number that {@code /proc/self/fdinfo} has it under. */
    public int descriptor() {
        return descriptor;
    }

    /**
     * A second descriptor of what the process has open as {@code number}; the caller closes it.
     *
     * @throws NativeCallException EPERM when we may not, EBADF when it has been closed, ENOSYS before Linux 5.6
     */
    public int copyOf(int number) throws NativeCallException {
        return libc.pidfdGetfd(descriptor, number);
    }

    /** Signals it; a process that has ended and not been waited for takes a signal without an error. */
    public void send(int signal) throws NativeCallException {
        libc.pidfdSendSignal(descriptor, signal);
    }

    /** Waits for its last thread to end, which then has closed its descriptors. @return whether it has */
    public boolean awaitEnd(Duration most) throws NativeCallException {
        var file = new NativeBuffer(POLLFD_SIZE);
        file.bytes().putInt(descriptor).putShort(POLLIN);
        var timeout = new NativeBuffer(TIMESPEC_SIZE);
        timeout.bytes().putLong(most.toSeconds()).putLong(most.toNanosPart());
        while (true) {
            try {
                return libc.ppoll(file, 1, timeout) > 0;
            } catch (NativeCallException e) {
                if (e.errno() != Errno.EINTR) { // after which the timeout is what is left of it
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        libc.close(descriptor);
    }
}

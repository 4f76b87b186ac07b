package dev.berth.linux.kernel;

/** A system call failed. */
public final class NativeCallException extends Exception {
    private final String call;
    private final int errno;

    /** @param errno as errno(3) numbers it */
    public NativeCallException(String call, int errno) {
        super(call + ": " + Errno.name(errno));
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    public int errno() {
        return errno;
    }
}

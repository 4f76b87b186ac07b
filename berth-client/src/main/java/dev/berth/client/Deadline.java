package dev.berth.client;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** When a connect, with all its attempts, has to be done. */
final class Deadline {
    private final boolean none;
    private final long end;

    private Deadline(boolean none, long end) {
        this.none = none;
        this.end = end;
    }

    /** @param timeoutMillis 0: never */
    static Deadline in(int timeoutMillis) {
        return new Deadline(timeoutMillis == 0, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    }

    /** At least 1, or 0 if there is no end. */
    int millisLeft() throws SocketTimeoutException {
        if (none) {
            return 0;
        }
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("Connect timed out");
        }
        return (int) TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }
}

package dev.berth.cli.look;

import dev.berth.platform.HostReadException;
import org.jspecify.annotations.Nullable;

/** A reading, or a writing of what was read, that goes on beside the caller's own, on a thread of its own. */
public final class Aside<T> {
    /** What is read. */
    public interface Reading<T> {
        T read() throws HostReadException;
    }

    private final Thread thread;
    private @Nullable T result;
    private @Nullable Throwable failure;

    private Aside(Reading<T> reading) {
        thread = new Thread(() -> {
            try {
                result = reading.read();
            } catch (Throwable e) { // handed to whoever joins
                failure = e;
            }
        });
        thread.setDaemon(true);
    }

    public static <T> Aside<T> start(Reading<T> reading) {
        var aside = new Aside<T>(reading);
        aside.thread.start();
        return aside;
    }

    /** Waits for what was read. */
    public T join() throws HostReadException {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof HostReadException e) {
            throw e;
        }
        if (failure != null || result == null) {
            throw new IllegalStateException("a reading failed", failure);
        }
        return result;
    }
}

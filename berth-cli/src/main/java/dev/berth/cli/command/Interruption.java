package dev.berth.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command that runs until it is told to stop end as it does otherwise when the process is asked to: SIGINT, SIGTERM,
 * SIGHUP; on Windows Ctrl-C, Ctrl-Break, a closed window. The process then ends with the command's own exit code.
 */
final class Interruption implements AutoCloseable {
    /** For the command to notice, sum up and write. */
    private static final long PATIENCE_SECONDS = 3;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread command = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupted, "interruption");
    private volatile @Nullable Runnable lastResort;

    Interruption() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            asked.countDown(); // before anything has begun
        }
    }

    /** What must happen before the process ends, even where the command hangs: in writing to a pipe that nobody reads, say. */
    void atLeast(Runnable act) {
        lastResort = act;
    }

    /** Waits, or returns early when asked to stop. @return whether to stop */
    boolean await(Duration time) {
        try {
            return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void interrupted() {
        asked.countDown();
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                command.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)); // it halts the process with its exit code
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runnable act = lastResort;
        if (act != null) {
            act.run();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is at work
        }
    }
}

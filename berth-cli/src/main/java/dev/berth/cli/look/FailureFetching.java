package dev.berth.cli.look;

import dev.berth.platform.HostReadException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches failures while the command is busy with something else, such as a long look at a large host. */
public final class FailureFetching implements AutoCloseable {
    private final FailureWatch watch;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "fetching failures");
    private volatile @Nullable HostReadException refused;

    public FailureFetching(FailureWatch watch) {
        this.watch = watch;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            do {
                watch.fetch();
            } while (!closed.await(FailureWatch.PACE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (HostReadException e) {
            refused = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws HostReadException when the host told nothing any more */
    public void check() throws HostReadException {
        HostReadException why = refused;
        if (why != null) {
            throw why;
        }
    }

    /** Returns once nothing is fetched any more. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.berth.linux.tracing;

import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.NativeBuffer;
import dev.berth.linux.kernel.NativeCallException;
import dev.berth.platform.HostReadException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code per_cpu/cpuN/trace_pipe_raw} of every processor: whole pages of the ring buffer, fetched without waiting. A reader that
 * waits is woken by every event, which costs the traced program more than everything else here. Not thread-safe.
 */
final class RawPages implements AutoCloseable {
    /** Beyond the default buffer of 1.4 MB in pages of 4 KiB; a program that fails without pause must not hold the reader. */
    private static final int MOST_AT_ONCE = 512;

    private final LibC libc;
    private final PageLayout layout;
    private final NativeBuffer page;
    private final int[] files;
    private int open;

    RawPages(LibC libc, PageLayout layout, List<Path> paths) throws HostReadException {
        this.libc = libc;
        this.layout = layout;
        page = new NativeBuffer(layout.size());
        files = new int[paths.size()];
        for (Path path : paths) {
            try {
                files[open] = libc.openat(
                        LibC.AT_FDCWD,
                        NativeBuffer.ofText(path.toString()),
                        LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
            } catch (NativeCallException e) {
                close();
                throw Tracefs.unknown(path + " cannot be opened: " + e.getMessage());
            }
            open++;
        }
    }

    /** Fetches what there is. @return how many events were lost since the last time, at least */
    long drain(TracePage.Sink sink) throws HostReadException {
        long lost = 0;
        for (int i = 0; i < open; i++) {
            for (int pages = 0; pages < MOST_AT_ONCE; pages++) {
                int length = read(files[i]);
                if (length == 0) { // also while the kernel is writing to the page
                    break;
                }
                lost += TracePage.decode(page.bytes(), length, layout, sink);
            }
        }
        return lost;
    }

    private int read(int file) throws HostReadException {
        try {
            return libc.readNow(file, page);
        } catch (NativeCallException e) {
            throw Tracefs.unknown("the kernel's events can no longer be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        while (open > 0) {
            libc.close(files[--open]);
        }
    }
}

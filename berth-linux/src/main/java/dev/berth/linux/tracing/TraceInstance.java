package dev.berth.linux.tracing;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Buffers and switches of Berth's own beside those of everybody else, Documentation/trace/ftrace.rst, "Instances". The kernel
 * refuses to remove an instance that somebody reads, so one that is in use is safe from whoever takes it for stale; one that is
 * being made is not yet, and so only what is known to be stale, or has long been made, is tried.
 */
final class TraceInstance implements AutoCloseable {
    /** Far longer than it takes from making one to reading it. */
    private static final Duration BEING_MADE = Duration.ofMinutes(1);

    private final Path folder;
    private final KernelFiles files;

    private TraceInstance(Path folder, KernelFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /** Makes one, and removes those that ended runs of Berth left behind. */
    static TraceInstance make(Path tracefs, KernelFiles files) throws HostReadException {
        Path instances = tracefs.resolve("instances");
        try {
            removeStale(instances, files);
            Path folder = Files.createDirectory(
                    instances.resolve(InstanceName.next(files).toString()));
            var instance = new TraceInstance(folder, files);
            try {
                instance.write("trace_clock", "mono"); // that of System.nanoTime, and one for all processors
            } catch (IOException e) {
                instance.close();
                throw e;
            }
            return instance;
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private static void removeStale(Path instances, KernelFiles files) throws IOException {
        for (Path instance : list(instances)) {
            var name = InstanceName.parse(instance.getFileName().toString());
            if (name != null && (name.isStale(files) || isOld(instance))) {
                try {
                    Files.deleteIfExists(instance);
                } catch (IOException inUse) {
                    // whoever reads it removes it
                }
            }
        }
    }

    private static boolean isOld(Path instance) {
        try {
            return Files.getLastModifiedTime(instance)
                    .toInstant()
                    .plus(BEING_MADE)
                    .isBefore(Instant.now());
        } catch (IOException gone) {
            return false;
        }
    }

    boolean knows(String event) {
        return Files.isDirectory(folder.resolve("events").resolve(event));
    }

    /** A file of this instance, read at once: the kernel gives {@code header_page} to the first read only. */
    String text(String file) throws HostReadException {
        try {
            byte[] text = files.read(folder.resolve(file).toString());
            if (text == null) {
                throw Tracefs.unknown("the kernel's tracing has no " + file);
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /**
     * @param filter what the kernel lets through
     */
    void switchOn(String event, String filter) throws HostReadException {
        try {
            write("events/" + event + "/filter", filter);
            write("events/" + event + "/enable", "1");
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** One file for each processor. */
    List<Path> rawPages() throws HostReadException {
        try {
            var pages = new ArrayList<Path>();
            for (Path processor : list(folder.resolve("per_cpu"))) {
                pages.add(processor.resolve("trace_pipe_raw"));
            }
            return pages;
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            var all = new ArrayList<Path>();
            entries.forEach(all::add);
            return all;
        }
    }

    private void write(String file, String value) throws IOException {
        Files.writeString(
                folder.resolve(file), value, StandardOpenOption.WRITE); // they are not there to be made or cut
    }

    private static HostReadException refused(IOException e) {
        String reason = e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : "";
        if (e instanceof AccessDeniedException || reason.contains("not permitted")) {
            return Tracefs.notPermitted(
                    "it takes root, and a kernel that is not locked down: " + e.getMessage() + " was refused");
        }
        return Tracefs.unknown("the kernel's tracing refused: " + e.getMessage());
    }

    /** Removes it, switched-on events included. If somebody else reads it too, it is switched off, and left to the next run. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException busy) {
            try {
                write("events/enable", "0");
            } catch (IOException gone) {
                // nothing is left to switch off
            }
        }
    }
}

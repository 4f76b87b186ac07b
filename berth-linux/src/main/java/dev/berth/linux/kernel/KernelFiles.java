package dev.berth.linux.kernel;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files by their absolute path. {@code /proc/net/…} and {@code /proc/sys/net/…} are those of the namespace that was
 * chosen, whatever thread asks.
 */
public interface KernelFiles {
    /**
     * The whole file, or null when there is none (or its process has ended).
     *
     * @throws java.nio.file.AccessDeniedException when it is there and may not be read
     */
    byte @Nullable [] read(String path) throws IOException;

    /** The names in a directory, sorted; empty when there is none. */
    List<String> list(String directory) throws IOException;
}

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

    /**
     * A file that somebody wrote, whole, or null when there is none; {@code /dev/null} is an empty one.
     *
     * @throws IOException when it is longer than {@code longest} bytes, or no regular file: nobody waits for a pipe here
     */
    default byte @Nullable [] readRegular(String path, int longest) throws IOException {
        byte[] contents = read(path);
        if (contents != null && contents.length > longest) {
            throw tooLong(longest);
        }
        return contents;
    }

    static IOException tooLong(int longest) {
        return new IOException("it is longer than %d KiB".formatted(longest / 1024));
    }

    /** The names in a directory, sorted; empty when there is none. */
    List<String> list(String directory) throws IOException;
}

package dev.berth.linux.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of the running kernel, as the thread that asks sees them, read as the JDK reads files: where {@link NativeFiles}
 * cannot, because the architecture's system calls are not known.
 */
final class LiveFiles implements KernelFiles {
    private static final int FIRST_TRY = 16 * 1024;
    /** Every second port reserved makes 192 KiB, the longest value there is. */
    private static final int LONGEST_SETTING = 512 * 1024;

    @Override
    public byte @Nullable [] read(String path) throws IOException {
        String seen = seenBy(path);
        try {
            return path.startsWith("/proc/sys/") ? readSetting(seen) : readToEnd(seen);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        } catch (IOException e) {
            if ("No such process".equals(e.getMessage())) { // it ended between open and read
                return null;
            }
            throw e;
        }
    }

    /** A setting answers one read, at offset 0, and cuts what does not fit: so a full buffer means to ask again. */
    private static byte[] readSetting(String path) throws IOException {
        byte[] value = readOnce(path, FIRST_TRY);
        return value.length < FIRST_TRY ? value : readOnce(path, LONGEST_SETTING);
    }

    private static byte[] readOnce(String path, int capacity) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(capacity);
        try (FileChannel file = FileChannel.open(Path.of(path), StandardOpenOption.READ)) {
            int length = Math.max(file.read(into), 0);
            return Arrays.copyOf(into.array(), length);
        }
    }

    private static byte[] readToEnd(String path) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(FIRST_TRY);
        try (FileChannel file = FileChannel.open(Path.of(path), StandardOpenOption.READ)) {
            while (file.read(into) >= 0) {
                if (!into.hasRemaining()) {
                    into = ByteBuffer.allocate(2 * into.capacity()).put(into.flip());
                }
            }
            return Arrays.copyOf(into.array(), into.position());
        }
    }

    /** {@code /proc/net} is the main thread's, whoever asks; this is where the thread's own is. */
    static String seenBy(String path) {
        return path.startsWith("/proc/net/") ? "/proc/thread-self/net/" + path.substring("/proc/net/".length()) : path;
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return names(directory);
    }

    static List<String> names(String directory) throws AccessDeniedException {
        var file = new File(directory);
        String[] names = file.list();
        if (names == null) {
            if (file.isDirectory() && !file.canRead()) {
                throw new AccessDeniedException(directory);
            }
            return List.of();
        }
        Arrays.sort(names);
        return List.of(names);
    }
}

package dev.berth.linux.kernel;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running machine's files, read in the plainest way. */
public final class FilesOnDisk implements KernelFiles {
    @Override
    public byte @Nullable [] read(String path) throws IOException {
        try (var in = new FileInputStream(path)) {
            byte[] buffer = new byte[1 << 19]; // /proc/sys answers one read(2) only
            int size = 0;
            for (int more; size < buffer.length && (more = in.read(buffer, size, buffer.length - size)) > 0; ) {
                size += more;
            }
            return java.util.Arrays.copyOf(buffer, size);
        } catch (FileNotFoundException e) {
            if (Files.exists(Path.of(path))) {
                throw new AccessDeniedException(path);
            }
            return null;
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        Path path = Path.of(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var names = Files.list(path)) {
            return names.map(name -> name.getFileName().toString()).sorted().toList();
        }
    }
}

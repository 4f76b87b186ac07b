package dev.berth.linux.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file whose name is other people's text, so it may be anything: a pipe, a device, something of the kernel's. */
final class RegularFile {
    private static final Path NOTHING = Path.of("/dev/null");

    private RegularFile() {}

    /** As {@link KernelFiles#readRegular}. */
    static byte @Nullable [] read(String path, int longest) throws IOException {
        Path real;
        try {
            real = Path.of(path).toRealPath();
        } catch (NoSuchFileException e) {
            return null;
        } catch (InvalidPathException e) {
            throw new IOException(e.getReason(), e);
        }
        if (real.equals(NOTHING)) {
            return new byte[0];
        }
        if (real.startsWith("/proc") || real.startsWith("/sys") || !Files.isRegularFile(real)) {
            throw new IOException("it is no regular file");
        }
        try (InputStream in = Files.newInputStream(real)) {
            byte[] contents = in.readNBytes(longest + 1);
            if (contents.length > longest) {
                throw KernelFiles.tooLong(longest);
            }
            return contents;
        }
    }
}

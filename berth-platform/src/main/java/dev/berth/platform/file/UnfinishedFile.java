package dev.berth.platform.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.UUID;

/**
 * A file that is written beside its final place and moved there when it is whole; readable by its owner only where the
 * file system knows owners. Closed without {@link #finish}, it leaves nothing. For one thread.
 */
public final class UnfinishedFile implements AutoCloseable {
    private final Path file;
    private final Path unfinished;
    private final OutputStream out;

    private UnfinishedFile(Path file, Path unfinished, OutputStream out) {
        this.file = file;
        this.unfinished = unfinished;
        this.out = out;
    }

    /** Starts what will be {@code file}. */
    public static UnfinishedFile create(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path unfinished =
                absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".unfinished");
        var posix = Files.getFileStore(directoryOf(absolute)).supportsFileAttributeView("posix");
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileAttribute<?>[] permissions = posix ? new FileAttribute<?>[] {owner} : new FileAttribute<?>[0];
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var channel = Files.newByteChannel(unfinished, options, permissions);
        unfinished.toFile().deleteOnExit(); // when a signal ends the process before close() is reached
        return new UnfinishedFile(absolute, unfinished, Channels.newOutputStream(channel));
    }

    private static Path directoryOf(Path absolute) throws IOException {
        Path directory = absolute.getParent();
        if (directory == null) {
            throw new FileAlreadyExistsException(absolute.toString(), null, "it is a file system's root");
        }
        return directory;
    }

    /** Where its contents go; not buffered. */
    public OutputStream out() {
        return out;
    }

    /**
     * Puts it in its place.
     *
     * @param how what to do where something is there already; without any, that fails
     */
    public void finish(CopyOption... how) throws IOException {
        out.close();
        Files.move(unfinished, file, how);
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(unfinished); // moved away when it was finished
        }
    }

    /** Why a file could not be written, in words that follow "why". */
    public static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "this user may not write there";
            case NoSuchFileException _ -> "there is no such directory";
            case FileSystemException about -> String.valueOf(about.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }
}

package dev.berth.platform.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is written beside its final place and moved there when it is whole; readable by its owner only, unless said
 * otherwise, where the file system knows owners. Closed without {@link #finish}, it leaves nothing. For one thread.
 */
public final class UnfinishedFile implements AutoCloseable {
    private static final String SUFFIX = ".unfinished";

    /** EINVAL, with which some network file systems answer fsync(2) of a directory: then it cannot be had. */
    private static final String NOT_FOR_DIRECTORIES = "Invalid argument";

    private final Path file;
    private final Path unfinished;
    private final FileChannel channel;
    private final OutputStream out;

    private UnfinishedFile(Path file, Path unfinished, FileChannel channel) {
        this.file = file;
        this.unfinished = unfinished;
        this.channel = channel;
        this.out = Channels.newOutputStream(channel);
    }

    /** Starts what will be {@code file}. */
    public static UnfinishedFile create(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        String some = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
        Path unfinished = absolute.resolveSibling(prefix(absolute) + some + SUFFIX);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileAttribute<?>[] permissions =
                knowsOwners(absolute) ? new FileAttribute<?>[] {owner} : new FileAttribute<?>[0];
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var channel = FileChannel.open(unfinished, options, permissions);
        unfinished.toFile().deleteOnExit(); // when a signal ends the process before close() is reached
        var created = new UnfinishedFile(absolute, unfinished, channel);
        try {
            AccessList.ownerOnly(unfinished);
            return created;
        } catch (IOException e) {
            created.close();
            throw e;
        }
    }

    /** Starts what will be {@code file}: with the permissions of what is there, else everybody's to read whatever the umask is. */
    public static UnfinishedFile createReadable(Path file) throws IOException {
        UnfinishedFile created = create(file);
        try {
            if (knowsOwners(created.file)) {
                Files.setPosixFilePermissions(
                        created.unfinished,
                        Files.exists(created.file)
                                ? Files.getPosixFilePermissions(created.file)
                                : PosixFilePermissions.fromString("rw-r--r--"));
            }
            return created;
        } catch (IOException e) {
            created.close();
            throw e;
        }
    }

    /** Removes what was left of {@code file} by a process that was killed before it finished. */
    public static void removeLeftOver(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = directoryOf(absolute);
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var beside = Files.newDirectoryStream(
                directory, path -> isUnfinished(String.valueOf(path.getFileName()), prefix(absolute)))) {
            for (Path leftOver : beside) {
                Files.deleteIfExists(leftOver);
            }
        }
    }

    private static boolean isUnfinished(String name, String prefix) {
        return name.startsWith(prefix) && name.endsWith(SUFFIX);
    }

    private static String prefix(Path absolute) {
        return "." + absolute.getFileName() + ".";
    }

    private static boolean knowsOwners(Path absolute) throws IOException {
        return absolute.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getFileStore(directoryOf(absolute)).supportsFileAttributeView("posix");
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

    /** Puts it in its place, whatever was there: after a power cut either that is there or this, and each is whole. */
    public void finishDurably() throws IOException {
        channel.force(true);
        out.close();
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(file);
    }

    /** Has the disk remember what is there, and what is not, of the name {@code file}. */
    public static void forceDirectory(Path file) throws IOException {
        Path directory = directoryOf(file.toAbsolutePath());
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // Windows opens no directory, and sees to it itself
        }
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            if (!NOT_FOR_DIRECTORIES.equals(e.getMessage())) {
                throw e;
            }
        }
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

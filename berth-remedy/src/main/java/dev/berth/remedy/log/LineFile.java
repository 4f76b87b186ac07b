package dev.berth.remedy.log;

import dev.berth.platform.file.AccessList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of lines to which lines are only added, each on the disk before anything else happens. Its owner alone reads it. */
public final class LineFile implements AutoCloseable {
    private static final Path SELF = Path.of("/proc/self"); // its owner is this process's user

    private final Path file;
    private final FileChannel channel;

    private LineFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens it; makes it and its folder where they are missing. What is no regular file in its place is refused. */
    public static LineFile open(Path file) throws IOException {
        makeFolderOf(file);
        requireOurs(file.toAbsolutePath().getParent());
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? existing(file) : made(file);
    }

    /** Makes the folder it is in, for its owner only, where that is missing. */
    public static void makeFolderOf(Path file) throws IOException {
        makeFolder(file.toAbsolutePath().normalize().getParent());
    }

    private static void makeFolder(@Nullable Path folder) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        makeFolder(folder.getParent());
        Files.createDirectories(folder, ownerOnly(folder, "rwx------")); // fine where somebody else has just made it
        AccessList.ownerOnly(folder);
        forceName(folder);
    }

    private static LineFile made(Path file) throws IOException {
        var add = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, add, ownerOnly(file, "rw-------"));
        } catch (FileAlreadyExistsException _) {
            return existing(file); // two began at once
        }
        try {
            AccessList.ownerOnly(file);
            forceName(file);
            return new LineFile(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static LineFile existing(Path file) throws IOException {
        requireRegular(file);
        requireOurs(file);
        return new LineFile(
                file,
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
    }

    /** Whoever else may write the folder must not choose the file, nor let Berth wait at a pipe. */
    public static void requireRegular(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(file.toString(), null, "not a regular file, and so not written to");
        }
    }

    /** Refuses what others may write, for Berth acts on what it finds there; as ssh does with its files. */
    public static void requireOurs(@Nullable Path path) throws IOException {
        if (path == null) {
            return;
        }
        String stranger = AccessList.stranger(path);
        if (stranger != null) {
            throw theirs(path, stranger + "'s to write");
        }
        if (!posix(path)) {
            return;
        }
        var permissions = Files.getPosixFilePermissions(path);
        boolean theirs = permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        if (theirs || !isOurs(path)) {
            throw theirs(path, Files.getOwner(path) + "'s (" + PosixFilePermissions.toString(permissions) + ")");
        }
    }

    private static FileSystemException theirs(Path path, String whose) {
        return new FileSystemException(
                path.toString(),
                null,
                "%s is %s, and whoever may write there could have Berth set what they like".formatted(path, whose));
    }

    private static boolean isOurs(Path path) throws IOException {
        Object owner = Files.getAttribute(path, "unix:uid");
        return owner.equals(0) || !Files.exists(SELF) || owner.equals(Files.getAttribute(SELF, "unix:uid"));
    }

    /** A new file is only there after a power cut once its folder is on the disk, see fsync(2). */
    private static void forceName(Path file) throws IOException {
        if (posix(file)) {
            try (FileChannel folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return posix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Where the lines go. */
    public Path file() {
        return file;
    }

    public long size() throws IOException {
        return channel.size();
    }

    /** Adds lines, each with its line feed. On the disk when this returns; where it throws, a part of them may be there. */
    public void append(byte[] lines) throws IOException {
        var bytes = ByteBuffer.wrap(lines);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    /** A power cut may have left half a line; what follows must not be read as a part of it. */
    public void endTornLine() throws IOException {
        long size = channel.size();
        if (size == 0) {
            return;
        }
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            var last = ByteBuffer.allocate(1);
            if (reading.read(last, size - 1) == 1 && last.get(0) != '\n') {
                append("\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** Takes away what lies behind {@code size}: a line that never came to be whole. Only for whoever is alone with the file. */
    public void cut(long size) throws IOException {
        if (channel.size() > size) {
            channel.truncate(size);
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

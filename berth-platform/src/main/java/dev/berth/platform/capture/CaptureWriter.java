package dev.berth.platform.capture;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a capture beside its final place and moves it there when it is whole; replaces a regular file, refuses anything
 * else. Closed without {@link #commit}, it leaves nothing. For one thread.
 */
public final class CaptureWriter implements AutoCloseable {
    private final Path file;
    private final Path unfinished;
    private final ZipOutputStream zip;
    private boolean committed;

    private CaptureWriter(Path file, Path unfinished, OutputStream out) {
        this.file = file;
        this.unfinished = unfinished;
        this.zip = new ZipOutputStream(out);
    }

    /** Starts a capture that will be {@code file}, readable by its owner only where the file system knows owners. */
    public static CaptureWriter create(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString(), null, "it exists and is not a regular file");
        }
        Path absolute = file.toAbsolutePath();
        Path unfinished =
                absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".unfinished");
        var posix = Files.getFileStore(directoryOf(absolute)).supportsFileAttributeView("posix");
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileAttribute<?>[] permissions = posix ? new FileAttribute<?>[] {owner} : new FileAttribute<?>[0];
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var channel = Files.newByteChannel(unfinished, options, permissions);
        unfinished.toFile().deleteOnExit(); // when a signal ends the process before close() is reached
        return new CaptureWriter(absolute, unfinished, Channels.newOutputStream(channel));
    }

    private static Path directoryOf(Path absolute) throws IOException {
        Path directory = absolute.getParent();
        if (directory == null) {
            throw new FileAlreadyExistsException(absolute.toString(), null, "it is a file system's root");
        }
        return directory;
    }

    /** Whether an entry may have that name: a relative path that stays inside, without control characters. */
    public static boolean accepts(String name) {
        return EntryNames.isSafe(name);
    }

    /** Adds one entry; each name once. */
    public void add(String name, byte[] contents) throws IOException {
        try (OutputStream entry = open(name)) {
            entry.write(contents);
        }
    }

    /** Adds one entry that is too large to be held; close it before the next is begun. */
    public OutputStream open(String name) throws IOException {
        if (!accepts(name)) {
            throw new IllegalArgumentException("entry name leads out of the capture: " + name);
        }
        zip.putNextEntry(new ZipEntry(name));
        return new FilterOutputStream(zip) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                zip.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                zip.closeEntry();
            }
        };
    }

    /** Adds the manifest, and puts the whole capture in its place. */
    public void commit(Manifest manifest) throws IOException {
        add(ManifestJson.ENTRY, ManifestJson.write(manifest));
        zip.close();
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        committed = true;
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            try {
                zip.close();
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
    }
}

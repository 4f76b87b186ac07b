package dev.berth.platform.capture;

import dev.berth.platform.Build;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.file.UnfinishedFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a capture beside its final place and moves it there when it is whole; replaces a regular file, refuses anything
 * else. Closed without {@link #commit}, it leaves nothing. For one thread.
 */
public final class CaptureWriter implements AutoCloseable {
    private final UnfinishedFile file;
    private final ZipOutputStream zip;
    private boolean committed;

    private CaptureWriter(UnfinishedFile file) {
        this.file = file;
        this.zip = new ZipOutputStream(file.out());
    }

    /** Starts a capture that will be {@code file}, readable by its owner only where the file system knows owners. */
    public static CaptureWriter create(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString(), null, "it exists and is not a regular file");
        }
        return new CaptureWriter(UnfinishedFile.create(file));
    }

    /** The build of Berth that writes, for {@link Manifest#berthVersion}. */
    public static String berthVersion() {
        return Build.here().toString();
    }

    /** What a failure to write {@code file} is to whoever asked for it. */
    public static HostReadException cannotWrite(Path file, IOException e) {
        return new HostReadException(
                e instanceof AccessDeniedException ? Kind.NOT_PERMITTED : Kind.BAD_INPUT,
                "cannot write the capture " + file,
                UnfinishedFile.reason(e),
                "name a file in a directory that you may write to, with room for it");
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
        file.finish(StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        committed = true;
    }

    @Override
    public void close() throws IOException {
        if (!committed) {
            try {
                zip.close();
            } finally {
                file.close();
            }
        }
    }
}

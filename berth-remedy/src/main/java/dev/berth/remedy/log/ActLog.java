package dev.berth.remedy.log;

import dev.berth.platform.ActOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * {@code acts.jsonl}: before an act a line that says what is about to be done, after it a line that says how it went. Acts
 * may share a write; each is on the disk before anything else happens, so a {@code begun} without its {@code ended} tells of an act that may or may
 * not have been done. Lines are only added. docs/free.md describes them.
 */
public final class ActLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final LogLine lines;

    private ActLog(Path file, FileChannel channel, LogLine lines) {
        this.file = file;
        this.channel = channel;
        this.lines = lines;
    }

    /** The log in {@code folder}. */
    public static Path file(Path folder) {
        return folder.resolve("acts.jsonl");
    }

    /**
     * Opens the log in {@code folder}; makes both where they are missing, for their owner only.
     *
     * @throws IOException when nothing can be written there: then nothing may be done either
     */
    public static ActLog open(Path folder, Actor actor, InstantSource clock) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
        }
        Path file = file(folder);
        boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = isNew ? made(file) : existing(file);
        try {
            if (isNew) {
                forceName(file);
            }
            var log = new ActLog(file, channel, new LogLine(actor, clock));
            log.endTornLine();
            return log;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel made(Path file) throws IOException {
        var add = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
        return FileChannel.open(file, add, ownerOnly(file, "rw-------"));
    }

    /** Whoever else may write the folder must not choose the file, nor let Berth wait at a pipe. */
    private static FileChannel existing(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(file.toString(), null, "not a regular file, and so not written to");
        }
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
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

    /** A power cut may have left half a line; what follows must not be read as a part of it. */
    private void endTornLine() throws IOException {
        long size = channel.size();
        if (size == 0) {
            return;
        }
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            var last = ByteBuffer.allocate(1);
            if (reading.read(last, size - 1) == 1 && last.get(0) != '\n') {
                write("\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** Where the lines go. */
    public Path file() {
        return file;
    }

    /**
     * Says what is about to be done. On the disk when this returns.
     *
     * @return what names each act in the line that ends it, in the same order
     */
    public List<String> begin(List<? extends Act> acts, Purpose purpose) throws IOException {
        var ids = new ArrayList<String>(acts.size());
        var text = new ByteArrayOutputStream();
        for (Act act : acts) {
            String id = UUID.randomUUID().toString();
            ids.add(id);
            text.writeBytes(lines.begun(id, act, purpose));
        }
        write(text.toByteArray());
        return ids;
    }

    /** Says how they went, each act by its name and in the order of their outcomes. On the disk when this returns. */
    public void end(List<String> ids, List<ActOutcome> outcomes) throws IOException {
        var text = new ByteArrayOutputStream();
        for (int i = 0; i < ids.size(); i++) {
            text.writeBytes(lines.ended(ids.get(i), outcomes.get(i)));
        }
        write(text.toByteArray());
    }

    private void write(byte[] line) throws IOException {
        var bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

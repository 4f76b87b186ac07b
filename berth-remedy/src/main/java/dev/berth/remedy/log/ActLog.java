package dev.berth.remedy.log;

import dev.berth.platform.ActOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

/**
 * {@code acts.jsonl}: before an act a line that says what is about to be done, after it a line that says how it went. Each
 * is on the disk before anything else happens, so a {@code begun} without its {@code ended} tells of an act that may or may
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
     * Opens the log in {@code folder}, for its owner only; makes both where they are missing.
     *
     * @throws IOException when nothing can be written there: then nothing may be done either
     */
    public static ActLog open(Path folder, Actor actor, InstantSource clock) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
        }
        Path file = file(folder);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        LinkOption.NOFOLLOW_LINKS), // whoever else may write the folder must not choose the file
                ownerOnly(folder, "rw-------"));
        try {
            if (posix(folder)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            var log = new ActLog(file, channel, new LogLine(actor, clock));
            log.endTornLine();
            return log;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean posix(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] ownerOnly(Path folder, String permissions) {
        return posix(folder)
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
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
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
     * @return what names the act in the line that ends it
     */
    public String begin(Act act, Purpose purpose) throws IOException {
        String id = UUID.randomUUID().toString();
        write(lines.begun(id, act, purpose));
        return id;
    }

    /** Says how it went. On the disk when this returns. */
    public void end(String id, ActOutcome outcome) throws IOException {
        write(lines.ended(id, outcome));
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

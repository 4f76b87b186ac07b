package dev.berth.remedy.journal;

import dev.berth.remedy.log.Actor;
import dev.berth.remedy.log.LineFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code changes.lock}: whoever holds it is the only one who changes this host. The system lets go of it when its process
 * ends, however that ends; the file stays, and says who held it last.
 */
final class ChangeLock implements AutoCloseable {
    private static final long BYTE =
            Long.MAX_VALUE - 1; // behind all text, for on Windows what is locked cannot be read
    private static final int LONGEST_NOTE = 1_000;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(25);

    /**
     * Who holds it in this process. Closing any channel to a file drops all locks that the process has on it (fcntl(2)), so a
     * second thread must not so much as open it.
     */
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private ChangeLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static ChangeLock take(Path folder, Actor actor, Duration patience) throws JournalException {
        Path file = folder.resolve("changes.lock");
        long start = System.nanoTime();
        String note = "process %d of %s".formatted(actor.pid(), actor.user());
        try {
            LineFile.makeFolderOf(file);
            Path real = folder.toRealPath().resolve("changes.lock");
            while (true) {
                String holder = HELD_HERE.putIfAbsent(real, note);
                if (holder == null) {
                    Tried tried = inThisProcess(real, note);
                    if (tried.taken != null) {
                        return tried.taken;
                    }
                    holder = tried.holder;
                }
                if (System.nanoTime() - start >= patience.toNanos()) {
                    throw busy(holder);
                }
                try {
                    Thread.sleep(BETWEEN_TRIES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw busy(holder);
                }
            }
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw Journal.inaccessible(file, e);
        }
    }

    /** Either the lock, or who has it. */
    private record Tried(@Nullable ChangeLock taken, String holder) {}

    private static Tried inThisProcess(Path file, String note) throws IOException {
        ChangeLock taken = null;
        FileChannel channel = null;
        try {
            LineFile.open(file).close();
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock(BYTE, 1, false);
            if (lock == null) {
                return new Tried(null, noted(channel));
            }
            taken = new ChangeLock(file, channel);
            taken.note(note);
            return new Tried(taken, note);
        } catch (OverlappingFileLockException _) {
            return new Tried(null, "this very process");
        } finally {
            if (taken == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD_HERE.remove(file); // last: from then on another thread may open it
            }
        }
    }

    /** Says who holds it, for those who wait. Of no use after a crash, so it need not be on the disk. */
    void note(String text) {
        HELD_HERE.put(file, text);
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException _) {
            // a full disk: then it is not said
        }
    }

    private static String noted(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(LONGEST_NOTE);
        channel.read(text, 0);
        String note = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
        return note.isEmpty() ? "another process" : note;
    }

    private static JournalException busy(String holder) {
        return new JournalException(
                JournalException.Kind.BUSY,
                "another Berth is changing this host",
                holder + " has not finished",
                "try again when it has");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(file);
        }
    }
}

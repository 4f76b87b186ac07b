package dev.berth.cli.log;

import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a file and what is added to it, as {@code tail -F} does: also when it is truncated or another takes its place. */
public final class LogFollow {
    private final Path file;
    private final Patience patience;
    private final Runnable idle;
    private final Consumer<String> news;

    /**
     * @param pause waits so long, or less when it is time to stop; says whether to stop
     * @param idle called when nothing has come for a second, and where another file begins
     * @param news gets a sentence where what is read is no longer what was
     */
    public LogFollow(Path file, Predicate<Duration> pause, Runnable idle, Consumer<String> news) {
        this.file = file;
        this.patience = new Patience(pause, idle);
        this.idle = idle;
        this.news = news;
    }

    /** Returns when it was time to stop. */
    public void into(LogReader reader) throws HostReadException, IOException {
        LogSources.open(file).close(); // says what is wrong with it
        if (!Files.isRegularFile(file)) {
            throw new HostReadException(
                    Kind.BAD_INPUT, "cannot follow " + file, "it is no file", "pipe it in: berth explain - < " + file);
        }
        while (!patience.stopped()) {
            try (var channel = FileChannel.open(file)) {
                reader.read(new Growing(channel, identity()));
                idle.run();
            } catch (NoSuchFileException e) {
                patience.goOn(); // one is gone, the next is not there yet
            }
        }
    }

    /** What tells this file from another of the same name; null where there is none now. */
    private @Nullable Object identity() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = attributes.fileKey(); // null on Windows
            return key != null ? key : attributes.creationTime();
        } catch (IOException e) {
            return null;
        }
    }

    /** One file until it is truncated, replaced, or it is time to stop. */
    private final class Growing extends BlockStream {
        private final FileChannel channel;
        private final @Nullable Object identity;

        Growing(FileChannel channel, @Nullable Object identity) {
            this.channel = channel;
            this.identity = identity;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            boolean replaced = false;
            while (true) {
                int count = channel.read(ByteBuffer.wrap(into, offset, length));
                if (count > 0) {
                    patience.stir();
                    return count;
                }
                if (replaced) {
                    news.accept(file + " is another file now: reading that one");
                    return -1;
                }
                if (channel.size() < channel.position()) {
                    news.accept(file + " was truncated: reading it from its start");
                    return -1;
                }
                Object now = identity();
                replaced = now != null
                        && !Objects.equals(now, identity); // and once more: something may have come meanwhile
                if (!replaced && !patience.goOn()) {
                    return -1;
                }
            }
        }
    }
}

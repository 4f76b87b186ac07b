package dev.berth.cli.log;

import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a file and what is added to it, as {@code tail -F} does: also when it is truncated or another takes its place. */
public final class LogFollow {
    private final Path file;
    private final Patience patience;
    private final Runnable another;
    private final Consumer<String> news;

    /**
     * @param pause waits so long, or less when it is time to stop, and not at all while there is more; says whether to stop
     * @param another called at the end of what was one file: no line from there on belongs to those before
     * @param news gets a sentence where what is read is no longer what was
     */
    public LogFollow(Path file, Predicate<Duration> pause, Runnable another, Consumer<String> news) {
        this.file = file;
        this.patience = new Patience(pause);
        this.another = another;
        this.news = news;
    }

    /** Returns when it was time to stop. */
    public void into(LogReader reader) throws HostReadException, IOException {
        refuseWhatDoesNotGrow();
        while (!patience.stopped()) {
            Object identity = identity();
            try (var channel = FileChannel.open(file)) {
                if (Objects.equals(identity, identity())) { // or else it is not known whose it is: once more
                    reader.read(new Growing(channel, identity));
                    another.run();
                }
            } catch (NoSuchFileException e) {
                patience.goOn(); // one is gone, the next is not there yet
            }
        }
    }

    private void refuseWhatDoesNotGrow() throws HostReadException, IOException {
        boolean other = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
        if (other) { // and may not even be opened: a pipe would wait for its writer
            throw new HostReadException(
                    Kind.BAD_INPUT, "cannot follow " + file, "it is no file", "pipe it in: berth explain - < " + file);
        }
        try (InputStream in = LogSources.open(file)) { // says what is wrong with it
            if (in instanceof GZIPInputStream) {
                throw new HostReadException(
                        Kind.BAD_INPUT,
                        "cannot follow " + file,
                        "it is packed by gzip, and what is packed does not grow line by line",
                        "read it as it is: berth explain " + file);
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
            while (!patience.stopped()) {
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
                replaced = isReplaced(); // and once more: something may have come meanwhile
                if (!replaced) {
                    patience.goOn();
                }
            }
            return -1;
        }

        /** Windows gives a file the time of creation of one that had its name shortly before: then its size tells. */
        private boolean isReplaced() throws IOException {
            Object now = identity();
            if (now == null) {
                return false;
            }
            try {
                return !now.equals(identity) || Files.size(file) < channel.position();
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }
}

package dev.berth.remedy.journal;

import dev.berth.remedy.json.MalformedJsonException;
import dev.berth.remedy.log.LineFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the lines of the journal. */
final class Lines {
    private static final long LARGEST = 64L << 20; // some 50,000 changes

    private Lines() {}

    /**
     * What the file tells.
     *
     * @param whole how many bytes of it are whole lines; what follows never came to be one
     */
    record Told(History history, long whole) {}

    /** Null where there is no file. */
    static @Nullable Told read(Path file) throws JournalException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        byte[] text;
        try {
            text = bytes(file);
        } catch (IOException e) {
            throw Journal.inaccessible(file, e);
        }
        var history = new History();
        int line = 1;
        int start = 0;
        for (int end = lineFeed(text, 0); end >= 0; end = lineFeed(text, start)) {
            byte[] one = Arrays.copyOfRange(text, start, end);
            if (end == text.length - 1 && torn(one)) {
                break;
            }
            add(history, one, file, line);
            start = end + 1;
            line++;
        }
        return new Told(history, start);
    }

    private static byte[] bytes(Path file) throws IOException {
        LineFile.requireRegular(file);
        LineFile.requireOurs(file.toAbsolutePath().getParent());
        LineFile.requireOurs(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > LARGEST) {
                throw new IOException("it is larger than " + (LARGEST >> 20) + " MiB");
            }
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    private static int lineFeed(byte[] text, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** After a power cut a file system may have the end of a line and, instead of a block before it, zeros. */
    private static boolean torn(byte[] line) {
        for (byte each : line) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    private static void add(History history, byte[] line, Path file, int number) throws JournalException {
        try {
            history.add(EventLine.read(line));
        } catch (EventLine.NewerException e) {
            throw new JournalException(
                    JournalException.Kind.NEWER,
                    "a newer Berth has changed this host",
                    "line %d of %s is %s, which this one cannot read".formatted(number, file, e.getMessage()),
                    "use the newer Berth; nothing was changed");
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw new JournalException(
                    JournalException.Kind.DAMAGED,
                    "the journal of changes is damaged, so nothing was changed",
                    "line %d of %s is none that Berth wrote: %s".formatted(number, file, e.getMessage()),
                    "move %s away and keep it: what it tells cannot be rolled back any more, all else works"
                            .formatted(file));
        }
    }
}

package dev.berth.remedy.journal;

import dev.berth.platform.Build;
import dev.berth.remedy.json.MalformedJsonException;
import dev.berth.remedy.log.LineFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the lines of the journal. */
final class Lines {
    private static final long LARGEST = 64L << 20; // some 50,000 changes

    private Lines() {}

    /**
     * What the file tells.
     *
     * @param whole how many bytes of it are whole lines; what follows never came to be one
     * @param beyond that a newer Berth wrote some of them, which the history goes without; null where none did
     */
    record Told(History history, long whole, @Nullable JournalException beyond) {}

    /** All of it, for whoever goes on writing. Null where there is no file. */
    static @Nullable Told read(Path file) throws JournalException {
        Told told = readKnown(file);
        if (told != null && told.beyond() != null) {
            throw told.beyond();
        }
        return told;
    }

    /** As much of it as this Berth can read, for whoever only wants to know. Null where there is no file. */
    static @Nullable Told readKnown(Path file) throws JournalException {
        byte[] text;
        try {
            Files.readAttributes(
                    file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS); // "not there" is not "not allowed"
            text = bytes(file);
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException e) {
            throw Journal.inaccessible(file, e);
        }
        var history = new History();
        Beyond beyond = null;
        int line = 1;
        int start = 0;
        for (int end = lineFeed(text, 0); end >= 0; end = lineFeed(text, start)) {
            byte[] one = Arrays.copyOfRange(text, start, end);
            if (end == text.length - 1 && torn(one)) {
                break;
            }
            try {
                history.add(EventLine.read(one));
            } catch (EventLine.NewerException e) {
                beyond = beyond == null ? new Beyond(line, e.schema(), e.berth()) : beyond.by(e.berth());
            } catch (MalformedJsonException | IllegalArgumentException e) {
                if (beyond == null) { // or it cannot follow what is not known
                    passOver(text, end + 1, history);
                    throw damaged(file, line, e, history);
                }
            }
            start = end + 1;
            line++;
        }
        return new Told(history, start, beyond == null ? null : beyond.told(file, history));
    }

    /**
     * That a newer Berth wrote lines.
     *
     * @param line where the first of them is
     * @param schema of that line
     * @param berth which build it was, as the last one says that does; null where none does
     */
    private record Beyond(int line, String schema, @Nullable String berth) {
        Beyond by(@Nullable String other) {
            return other == null ? this : new Beyond(line, schema, other);
        }

        JournalException told(Path file, History history) {
            String newer = berth == null ? "a newer Berth" : "Berth " + berth;
            return new JournalException(
                    JournalException.Kind.NEWER,
                    "a newer Berth has changed this host, so this one changes nothing",
                    "line %d of %s is %s: %s wrote it, and this one, %s, cannot read it"
                            .formatted(line, file, schema, newer, Build.here()),
                    "use %s; or move %s away and keep it: what it tells cannot be rolled back then%s. Looking works as it is"
                            .formatted(
                                    berth == null ? "the newer Berth" : newer + " or a later one",
                                    file,
                                    open(history)));
        }
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

    /** What comes after a damaged line is no longer sure, and all there is to tell what may be in force. */
    private static void passOver(byte[] text, int from, History history) {
        int start = from;
        for (int end = lineFeed(text, start); end >= 0; end = lineFeed(text, start)) {
            try {
                history.add(EventLine.read(Arrays.copyOfRange(text, start, end)));
            } catch (EventLine.NewerException | MalformedJsonException | IllegalArgumentException _) {
                // it cannot follow what is missing
            }
            start = end + 1;
        }
    }

    private static JournalException damaged(Path file, int number, Exception e, History history) {
        return new JournalException(
                JournalException.Kind.DAMAGED,
                "the journal of changes is damaged, so nothing was changed",
                "line %d of %s is none that Berth wrote: %s".formatted(number, file, e.getMessage()),
                "move %s away and keep it: what it tells cannot be rolled back any more%s; all else works"
                        .formatted(file, open(history)));
    }

    /** What nobody will put in order once the file is gone, and the values to set by hand instead. */
    private static String open(History history) {
        String values = history.changes().stream()
                .filter(change ->
                        change.state() == Change.State.UNFINISHED || change.state() == Change.State.UNCONFIRMED)
                .flatMap(change -> change.steps().stream()
                        .filter(made ->
                                made.progress() != Change.Progress.PLANNED && made.progress() != Change.Progress.UNDONE)
                        .map(made -> "%s (%s) of change %d was %s"
                                .formatted(
                                        made.step().setting(),
                                        made.step().place().label(),
                                        change.id(),
                                        before(made.step().from()))))
                .collect(Collectors.joining(", "));
        return values.isEmpty() ? "" : ", nor undone by itself, so set it back by hand where it should be: " + values;
    }

    private static String before(@Nullable String value) {
        return value == null ? "not set" : value.isEmpty() ? "empty" : value;
    }
}

package dev.berth.cli.log;

import dev.berth.diagnosis.explain.Literals;
import dev.berth.diagnosis.explain.LogLine;
import dev.berth.platform.Gap;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of a log that have a trigger in them. Needs the same memory for any log: a line of more than 64 KiB is looked
 * at in pieces, and handed on as the 32 KiB on each side of what was found.
 */
public final class LogReader {
    private final Literals triggers;
    private final @Nullable Instant since;
    private final Consumer<LogLine> told;
    private final LogTimes times;
    private final Sizes sizes;
    private final List<Gap> gaps = new ArrayList<>();
    private final LineText text;

    private LogBuffer buffer;
    private int from; // where the search goes on
    private int done; // what ends before or there has been handed on
    private int hit; // the end of a trigger whose line is not all there yet; -1 for none
    private LineTime lineTime;

    private long linesOfOthers;
    private boolean binary;
    private long longLines;
    private long lastLong;
    private long timeless;

    /** In bytes: how much is read at once at least, and the longest line that is handed on whole. */
    record Sizes(int block, int longest) {}

    /**
     * @param since lines written before it are left out
     * @param lines gets each line that has a trigger, in order, with its number and time; of a line in JSON that holds several
     *     lines each that has one, all with the same number
     */
    public LogReader(Literals triggers, @Nullable Instant since, Consumer<LogLine> lines) {
        this(
                triggers,
                since,
                lines,
                new LogTimes(ZoneId.systemDefault(), InstantSource.system()),
                new Sizes(512 * 1024, 64 * 1024));
    }

    LogReader(Literals triggers, @Nullable Instant since, Consumer<LogLine> lines, LogTimes times, Sizes sizes) {
        this.triggers = triggers;
        this.since = since;
        this.told = lines;
        this.times = times;
        this.sizes = sizes;
        text = new LineText(triggers);
        buffer = new LogBuffer(0);
        lineTime = new LineTime(buffer, times, sizes.longest());
    }

    /**
     * Reads to the end. Lines are handed on as soon as they are there. May be called again for what is another log to count
     * lines in, such as the file that takes the place of one rotated away.
     */
    public void read(InputStream in) throws IOException {
        use(new LogBuffer(3 * sizes.longest() + sizes.block() + triggers.longest() + 2));
        from = 0;
        done = 0;
        hit = -1;
        lastLong = 0;
        try {
            InputStream utf8 = TextEncoding.asUtf8(in);
            while (buffer.fill(utf8)) {
                look(false);
                makeRoom();
            }
        } catch (EOFException | ZipException e) { // only what unpacks says so; a file just ends
            gaps.add(new Gap("the rest of the log", "it breaks off: " + e.getMessage()));
        }
        look(true);
        buffer.countToEnd();
        use(new LogBuffer(0)); // many readers are kept for what they counted
        if (in instanceof Journal journal) {
            gaps.addAll(journal.gaps());
        }
    }

    private void use(LogBuffer next) {
        linesOfOthers += buffer.lines();
        binary |= buffer.binary();
        buffer = next;
        lineTime = new LineTime(buffer, times, sizes.longest());
    }

    /** How many lines were read. */
    public long lines() {
        return linesOfOthers + buffer.lines();
    }

    /** What could not be read as it stood. */
    public List<Gap> gaps() {
        var all = new ArrayList<Gap>(gaps);
        if (binary || buffer.binary()) {
            all.add(new Gap(
                    "what in the log is no text", "it has NUL bytes, as binary files do; it was read all the same"));
        }
        if (text.foreign() > 0) {
            all.add(new Gap(
                    "the letters of " + lines(text.foreign()), "bytes that are no UTF-8 were read as windows-1252"));
        }
        if (longLines > 0) {
            all.add(new Gap(
                    "all of " + lines(longLines),
                    "of a line longer than %d KiB only what surrounds an error is looked at"
                            .formatted(sizes.longest() / 1024)));
        }
        if (timeless > 0) {
            all.add(new Gap(
                    "when " + lines(timeless) + (timeless == 1 ? " was" : " were") + " written",
                    "nothing in them or shortly above tells, so they were not left out"));
        }
        return all;
    }

    private static String lines(long count) {
        return count == 1 ? "a line" : count + " lines";
    }

    private void look(boolean last) {
        while (hit >= 0 || search()) {
            int start = buffer.startOfLine(hit, sizes.longest());
            int most = start < 0 ? -1 : start + sizes.longest();
            int end = start < 0 ? -1 : buffer.endOfLine(hit, most);
            if (end < 0 && start >= 0 && buffer.filled() <= most) {
                if (!last) {
                    return;
                }
                end = buffer.filled();
            }
            if (end >= 0) {
                whole(start, end);
            } else if (!piece(start, last)) {
                return;
            }
            hit = -1;
        }
    }

    private boolean search() {
        hit = triggers.find(buffer.bytes(), from, buffer.filled());
        while (hit >= 0 && hit <= done) { // it lies in what has been handed on; the next may begin in there
            hit = triggers.find(buffer.bytes(), ++from, buffer.filled());
        }
        if (hit < 0) {
            from = Math.max(from, buffer.filled() - triggers.longest() + 1);
        }
        return hit >= 0;
    }

    private void whole(int start, int end) {
        handOn(start, end, lineTime.of(start, end));
        from = end;
        done = end;
    }

    /** What surrounds the trigger in a line too long. @return false where more has to be read first */
    private boolean piece(int start, boolean last) {
        int half = sizes.longest() / 2;
        int end = buffer.endOfLine(hit, hit + half);
        if (end < 0) {
            if (!last && buffer.filled() <= hit + half) {
                return false;
            }
            end = buffer.endOfLetter(Math.min(buffer.filled(), hit + half), hit);
        }
        int begin = Math.max(Math.max(start, hit - half), Math.min(done, hit - triggers.longest()));
        begin = Math.max(0, begin);
        if (begin != start) {
            begin = buffer.startOfLetter(begin, hit);
        }
        long number = buffer.numberAt(begin);
        if (number != lastLong) {
            lastLong = number;
            longLines++;
        }
        handOn(begin, end, start < 0 ? lineTime.ofLine(number) : lineTime.of(start, end));
        from = Math.max(from, end - triggers.longest() + 1);
        done = end;
        return true;
    }

    private void handOn(int begin, int end, @Nullable Instant at) {
        if (since != null) {
            if (at == null) {
                timeless++;
            } else if (at.isBefore(since)) {
                return;
            }
        }
        long number = buffer.numberAt(begin);
        text.of(buffer.bytes(), begin, end, line -> told.accept(new LogLine(number, line, at)));
    }

    private void makeRoom() {
        if (buffer.room() < sizes.block()) {
            int dropped = buffer.drop((hit >= 0 ? hit : from) - 2 * sizes.longest() - 1);
            from -= dropped;
            done = Math.max(0, done - dropped);
            hit = hit < 0 ? hit : hit - dropped;
        }
    }
}

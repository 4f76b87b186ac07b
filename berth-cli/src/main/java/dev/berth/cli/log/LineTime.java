package dev.berth.cli.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When lines were written: by what they say or, failing that, what the nearest line above says, if it is not too far. */
final class LineTime {
    private static final int MOST_LINES = 200;

    private final LogBuffer buffer;
    private final LogTimes times;
    private final int furthest; // in bytes
    private long asked = -1; // where the line last asked for begins, in the log
    private long askedNumber;
    private @Nullable Instant at; // when that one was written
    private long toldBy; // where the line begins that tells so
    private long toldByNumber;

    LineTime(LogBuffer buffer, LogTimes times, int furthest) {
        this.buffer = buffer;
        this.times = times;
        this.furthest = furthest;
    }

    /** Of the line last asked for if it has that number. */
    @Nullable
    Instant ofLine(long number) {
        return number == askedNumber ? at : null;
    }

    /** Of the line that begins and ends there; never asked of one above the last. */
    @Nullable
    Instant of(int start, int end) {
        long number = buffer.numberAt(start);
        long position = buffer.dropped() + start;
        if (number != askedNumber) {
            Instant own = times.in(buffer.bytes(), start, end);
            if (own == null) {
                above(start, number);
            } else {
                at = own;
                toldBy = position;
                toldByNumber = number;
            }
            asked = position;
            askedNumber = number;
        }
        return at;
    }

    private void above(int start, long number) {
        int line = start;
        for (int i = 1; i <= MOST_LINES && line > 0; i++) {
            int end = line - 1;
            line = buffer.startOfLine(end, furthest - (start - end));
            if (line < 0) {
                break;
            }
            if (buffer.dropped() + line == asked) {
                if (number - toldByNumber > MOST_LINES || buffer.dropped() + start - toldBy > furthest) {
                    at = null;
                }
                return;
            }
            Instant found = times.in(buffer.bytes(), line, end);
            if (found != null) {
                at = found;
                toldBy = buffer.dropped() + line;
                toldByNumber = number - i;
                return;
            }
        }
        at = null;
    }
}

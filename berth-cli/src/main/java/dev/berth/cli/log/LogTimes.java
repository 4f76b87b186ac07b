package dev.berth.cli.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a line of a log was written, in the notations that {@code LogTimesTest} lists with who writes them. A time without
 * a zone is in the one given. One without a year is in the latest that does not put it into the future, a day aside.
 */
final class LogTimes {
    /** How far into a line its time begins at the most. */
    private static final int FURTHEST = 120;

    /** The fields that hold the time in logs of JSON. */
    private static final List<byte[]> FIELDS = List.of(
                    "time",
                    "timestamp",
                    "@timestamp",
                    "ts",
                    "$date",
                    "t",
                    "@t",
                    "date",
                    "datetime",
                    "asctime",
                    "eventTime")
            .stream()
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private final ZoneId zone;
    private final InstantSource clock;

    LogTimes(ZoneId zone, InstantSource clock) {
        this.zone = zone;
        this.clock = clock;
    }

    /** Null where the line between the two indexes carries none. */
    @Nullable
    Instant in(byte[] bytes, int from, int to) {
        int first = from;
        while (first < to && (bytes[first] == ' ' || bytes[first] == '\t')) {
            first++;
        }
        if (first < to && bytes[first] == '{') {
            Instant field = field(bytes, first, to);
            if (field != null) {
                return field;
            }
        }
        int last = Math.min(to, first + FURTHEST);
        for (int i = first; i < last; i++) {
            if (i == from || !TimeCursor.isWord(bytes[i - 1])) {
                Instant at = new TimeCursor(bytes, i, from, to, zone, clock).read();
                if (at != null) {
                    return at;
                }
            }
        }
        return null;
    }

    private @Nullable Instant field(byte[] bytes, int from, int to) {
        for (int i = from; i < to - 4; i++) {
            if (bytes[i] == '"') {
                for (byte[] name : FIELDS) {
                    int value = valueOf(name, bytes, i + 1, to);
                    Instant at = value < 0 ? null : new TimeCursor(bytes, value, from, to, zone, clock).readValue();
                    if (at != null) {
                        return at;
                    }
                }
            }
        }
        return null;
    }

    /** Where the value of a field begins, without its quote; -1 where there is another field or none. */
    private static int valueOf(byte[] name, byte[] bytes, int from, int to) {
        int i = from + name.length;
        if (i + 2 >= to || bytes[i] != '"' || !lies(name, bytes, from)) {
            return -1;
        }
        i++;
        boolean colon = false;
        while (i < to && (bytes[i] == ' ' || bytes[i] == ':' && !colon)) {
            colon |= bytes[i] == ':';
            i++;
        }
        if (i < to && bytes[i] == '"') {
            i++;
        }
        return colon && i < to ? i : -1;
    }

    private static boolean lies(byte[] name, byte[] bytes, int from) {
        for (int i = 0; i < name.length; i++) {
            if (bytes[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}

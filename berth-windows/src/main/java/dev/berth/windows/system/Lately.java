package dev.berth.windows.system;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What was read a moment ago and need not be read again for each of many questions. Thread-safe. */
public final class Lately<T> {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Reader<T> reader;
    private final InstantSource clock;
    private @Nullable T last;
    private Instant readAt = Instant.MIN;

    public Lately(Reader<T> reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** Reads it. */
    public interface Reader<T> {
        T read() throws WindowsErrorException;
    }

    /** Not older than a second. */
    public synchronized T get() throws WindowsErrorException {
        return last != null && clock.instant().isBefore(readAt.plus(MOMENT)) ? last : again();
    }

    /** As it is now. */
    public synchronized T again() throws WindowsErrorException {
        Instant now = clock.instant();
        T read = reader.read();
        last = read;
        readAt = now;
        return read;
    }
}

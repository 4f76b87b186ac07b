package dev.berth.cli.log;

import dev.berth.cli.log.LogReader.Sizes;
import dev.berth.diagnosis.explain.Literals;
import dev.berth.diagnosis.explain.LogLine;
import dev.berth.platform.Gap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads logs in tests: what it told, and what it says of itself. */
record Logs(List<LogLine> told, long lines, List<Gap> gaps) {
    static final Literals TRIGGERS =
            new Literals(List.of("EADDRINUSE", "address already in use", "Adresse déjà utilisée"));
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final LogTimes TIMES = new LogTimes(ZoneOffset.UTC, InstantSource.fixed(NOW));
    static final Sizes ORDINARY = new Sizes(512 * 1024, 64 * 1024);

    static Logs of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Logs of(byte[] bytes) {
        return of(new ByteArrayInputStream(bytes), null, ORDINARY);
    }

    static Logs of(InputStream in, @Nullable Instant since, Sizes sizes) {
        var told = new ArrayList<LogLine>();
        var reader = new LogReader(TRIGGERS, since, told::add, TIMES, sizes);
        try {
            reader.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Logs(told, reader.lines(), reader.gaps());
    }

    List<String> texts() {
        return told.stream().map(LogLine::text).toList();
    }

    List<Long> numbers() {
        return told.stream().map(LogLine::number).toList();
    }
}

package dev.berth.cli.command;

import dev.berth.cli.log.LogFollow;
import dev.berth.cli.log.LogReader;
import dev.berth.cli.look.IncidentAnswer;
import dev.berth.cli.look.IncidentQuestion;
import dev.berth.cli.look.LogAnswer;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.diagnosis.explain.Incidents;
import dev.berth.diagnosis.explain.Recogniser;
import dev.berth.diagnosis.explain.Tally;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One log being read, and what it tells. */
final class LogReading {
    private final @Nullable String name;
    private final Tally tally = new Tally();
    private final Incidents incidents;
    private final LogReader reader;

    /**
     * @param name of the file; null for what has none
     */
    LogReading(@Nullable String name, Recogniser recogniser, @Nullable Instant since) {
        this.name = name;
        incidents = new Incidents(recogniser, tally);
        reader = new LogReader(recogniser.triggers(), since, incidents::line);
    }

    /** Reads to the end. */
    void read(InputStream in) throws HostReadException {
        try {
            reader.read(in);
        } catch (IOException e) {
            throw broken(e);
        }
        incidents.end();
    }

    /** Reads until it is time to stop. */
    void read(LogFollow file) throws HostReadException {
        try {
            file.into(reader);
        } catch (IOException e) {
            throw broken(e);
        }
        incidents.end();
    }

    /** Says that the log failed: of an exception of input and output nobody could tell later that it was not the output. */
    private HostReadException broken(IOException e) {
        return new HostReadException(
                HostReadException.Kind.BAD_INPUT,
                "cannot read " + (name == null ? "standard input" : name) + " to its end",
                e.getMessage() == null ? e.toString() : e.getMessage(),
                "copy what can be read to another file, and explain that");
    }

    /** How many have been read. */
    long lines() {
        return reader.lines();
    }

    /** No line from here on belongs to those before. */
    void another() {
        incidents.end();
    }

    /** Tells also what no line has been added to since this was called last. */
    void settle() {
        incidents.settle();
    }

    /** What has been told so far. */
    List<IncidentGroup> groups() {
        return tally.groups();
    }

    /** The answer about everything. */
    LogAnswer answer(IncidentQuestion question) {
        return answer(question::ask, tally.groups());
    }

    /** The answer about some of the kinds. */
    LogAnswer answer(Function<IncidentGroup, IncidentAnswer> ask, List<IncidentGroup> groups) {
        return new LogAnswer(name, reader.lines(), groups.stream().map(ask).toList(), tally.beyond(), reader.gaps());
    }
}

package dev.berth.cli.command;

import dev.berth.cli.json.ExplainJson;
import dev.berth.cli.log.LogFollow;
import dev.berth.cli.log.LogSources;
import dev.berth.cli.look.IncidentAnswer;
import dev.berth.cli.look.IncidentQuestion;
import dev.berth.cli.screen.ExplainScreen;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code berth explain --follow}: each new kind of incident when it is seen, and at the end what all came to. */
final class ExplainFollow {
    /** What no line has been added to for so long is complete. */
    private static final Duration REST = Duration.ofMillis(800);

    private static final String TOO_MANY =
            "the log tells of more new kinds than this host is asked about in a minute, which are " + LookRation.MOST;

    private final String name;
    private final LogReading log;
    private final ExplainedHost host;
    private final Console console;
    private final Interruption interruption;
    private final LookRation ration = new LookRation(InstantSource.system());
    private long settled = System.nanoTime();
    private boolean begun;
    private int told;
    private @Nullable IOException failure;

    private ExplainFollow(String name, LogReading log, ExplainedHost host, Console console, Interruption interruption) {
        this.name = name;
        this.log = log;
        this.host = host;
        this.console = console;
        this.interruption = interruption;
    }

    static int file(Path file, LogReading log, ExplainedHost host, Console console)
            throws HostReadException, IOException {
        try (var interruption = new Interruption()) {
            var following = new ExplainFollow(file.toString(), log, host, console, interruption);
            log.read(new LogFollow(file, following::pause, log::another, following::warn));
            return following.end();
        }
    }

    static int journal(String unit, @Nullable Instant since, LogReading log, ExplainedHost host, Console console)
            throws HostReadException, IOException {
        try (var interruption = new Interruption()) {
            var following = new ExplainFollow("the journal of " + unit, log, host, console, interruption);
            try (InputStream in = LogSources.journal(unit, since, following::pause)) {
                log.read(in);
            }
            return following.end();
        }
    }

    /** Tells what is new, once all that was there at the start has been read, then waits. @return whether to stop */
    private boolean pause(Duration time) {
        if (!begun && !time.isZero()) {
            begun = true;
            warn("following " + name); // only now is it known that it can be
        }
        if (System.nanoTime() - settled >= REST.toNanos()) {
            log.settle();
            settled = System.nanoTime();
        }
        try {
            if (begun) {
                tell();
            }
        } catch (IOException e) {
            failure = e;
        }
        return failure != null || interruption.await(time);
    }

    private void tell() throws IOException {
        List<IncidentGroup> groups = log.groups();
        List<IncidentGroup> fresh = groups.subList(told, groups.size());
        if (fresh.isEmpty()) {
            return;
        }
        IncidentQuestion now = host.question();
        IncidentQuestion unasked = host.unasked(TOO_MANY);
        Function<IncidentGroup, IncidentAnswer> ask = group -> (ration.take() ? now : unasked).ask(group);
        if (console.json()) {
            OutputStream out = console.bytes();
            for (IncidentGroup group : fresh) {
                ExplainJson.write(out, List.of(log.answer(ask, List.of(group))));
            }
            out.flush(); // and never closed: the next document follows
        } else {
            if (told > 0) {
                console.page().blank();
            }
            new ExplainScreen(console.page(), host.facts()).print(List.of(log.answer(ask, fresh)));
            console.flush();
        }
        told = groups.size();
    }

    private void warn(String news) {
        try {
            console.warn(news);
        } catch (IOException e) {
            failure = e;
        }
    }

    private int end() throws IOException {
        if (failure != null) {
            throw failure;
        }
        tell();
        List<IncidentGroup> groups = log.groups();
        if (!console.json()) {
            new ExplainScreen(console.page(), host.facts()).summary(groups, log.lines());
            console.flush();
        }
        return groups.isEmpty() ? ExitCode.OK : ExitCode.PROBLEM;
    }
}

package dev.berth.cli.command;

import dev.berth.cli.json.ExplainJson;
import dev.berth.cli.log.LogFollow;
import dev.berth.cli.log.LogSources;
import dev.berth.cli.look.LogAnswer;
import dev.berth.cli.screen.ExplainScreen;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code berth explain --follow}: each new kind of incident when it is seen, and at the end what all came to. */
final class ExplainFollow {
    /** When no line worth a look has come for so long, none will complete what has been told. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final String name;
    private final LogReading log;
    private final ExplainedHost host;
    private final Console console;
    private final Interruption interruption;
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
            log.read(new LogFollow(file, following::pause, () -> {}, following::warn));
            return following.end();
        }
    }

    static int journal(String unit, @Nullable Instant since, LogReading log, ExplainedHost host, Console console)
            throws HostReadException, IOException {
        try (var interruption = new Interruption()) {
            var following = new ExplainFollow("the journal of " + unit, log, host, console, interruption);
            try (InputStream in = LogSources.journal(unit, since, following::pause, () -> {})) {
                log.read(in);
            }
            return following.end();
        }
    }

    /** Tells what is new, then waits. @return whether to stop */
    private boolean pause(Duration time) {
        if (!begun) {
            begun = true;
            warn("following " + name); // only now is it known that it can be
        }
        try {
            tell(log.groups(SILENCE));
        } catch (IOException e) {
            failure = e;
        }
        return failure != null || interruption.await(time);
    }

    private void tell(List<IncidentGroup> groups) throws IOException {
        for (IncidentGroup group : groups.subList(told, groups.size())) {
            LogAnswer answer = log.answer(host.question(), List.of(group));
            if (console.json()) {
                OutputStream out = console.bytes();
                ExplainJson.write(out, List.of(answer));
                out.flush(); // and never closed: the next document follows
            } else {
                if (told > 0) {
                    console.page().blank();
                }
                new ExplainScreen(console.page(), host.facts()).print(List.of(answer));
                console.flush();
            }
            told++;
        }
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
        List<IncidentGroup> groups = log.groups(Duration.ZERO);
        tell(groups);
        if (!console.json()) {
            new ExplainScreen(console.page(), host.facts()).summary(groups, log.lines());
            console.flush();
        }
        return groups.isEmpty() ? ExitCode.OK : ExitCode.PROBLEM;
    }
}

package dev.berth.cli.command;

import dev.berth.cli.json.ExplainJson;
import dev.berth.cli.log.LogSources;
import dev.berth.cli.look.IncidentQuestion;
import dev.berth.cli.look.LogAnswer;
import dev.berth.cli.screen.ExplainScreen;
import dev.berth.diagnosis.explain.Recogniser;
import dev.berth.platform.HostReadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class ExplainCommand implements Command {
    static final String STANDARD_INPUT = "-";

    static CommandSpec spec() {
        return new CommandSpec(
                "explain",
                "what the error lines of a log mean, and which cause it is on this host",
                "[FILE…|-]",
                0,
                CommandSpec.ANY_NUMBER,
                List.of(),
                List.of(
                        OptionSpec.value("line", "TEXT", "explain this text, not a log"),
                        OptionSpec.value("journal", "UNIT", "read what journald has of a unit"),
                        OptionSpec.value(
                                "since", "TIME", "leave out what was written before: 10m, 2h, 3d, 2026-11-22T01:00"),
                        OptionSpec.flag("follow", "go on as the log grows, until interrupted"),
                        OptionSpec.flag("no-host", "do not ask this host: say what it means in general"),
                        OptionSpec.flag("no-probe", "do not try a bind")),
                List.of(
                        new CommandSpec.Example("berth explain /var/log/nginx/error.log", "a log, or several"),
                        new CommandSpec.Example("journalctl -u mssql-server | berth explain", "what is piped in"),
                        new CommandSpec.Example(
                                "berth explain --line 'bind: Address already in use'", "one line, from wherever"),
                        new CommandSpec.Example("berth explain --follow /var/log/app.log", "each new kind as it comes"),
                        new CommandSpec.Example("berth explain --journal nginx --since 2h", "a unit's log"),
                        new CommandSpec.Example(
                                "berth explain app.log --from host.berth", "a log beside a capture of its host")),
                List.of("0  no line tells of a port that was not to be had", "1  one does"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        LogChoice.refuseContradictions(arguments);
        Instant since = Since.of(arguments);
        var host = ExplainedHost.of(arguments, console);
        var recogniser = Recogniser.ofAllProducts();
        if (arguments.has("follow")) {
            return follow(arguments, console, host, recogniser, since);
        }
        try (Interruption _ = isPiped(arguments, console) ? new Interruption() : null) { // tail -f ends with Ctrl-C
            IncidentQuestion question = host.question();
            var answers = new ArrayList<LogAnswer>();
            var unread = new ArrayList<HostReadException>();
            for (LogReading log : read(arguments, console, recogniser, since, unread)) {
                answers.add(log.answer(question));
            }
            if (answers.isEmpty()) {
                throw unread.getFirst();
            }
            if (console.json()) {
                try (OutputStream out = console.bytes()) {
                    ExplainJson.write(out, answers);
                }
            } else {
                new ExplainScreen(console.page(), host.facts()).print(answers);
            }
            complain(unread, console);
            return answers.stream().allMatch(log -> log.incidents().isEmpty()) ? ExitCode.OK : ExitCode.PROBLEM;
        }
    }

    /** Of files that could not be read, when the others have been explained. */
    private static void complain(List<HostReadException> unread, Console console)
            throws HostReadException, IOException {
        if (unread.isEmpty()) {
            return;
        }
        console.flush();
        for (HostReadException another : unread.subList(1, unread.size())) {
            console.warn(another.getMessage() + ": " + another.why());
        }
        throw unread.getFirst();
    }

    private static int follow(
            Arguments arguments, Console console, ExplainedHost host, Recogniser recogniser, @Nullable Instant since)
            throws UsageException, HostReadException, IOException {
        String unit = arguments.value("journal");
        if (unit != null) {
            return ExplainFollow.journal(unit, since, new LogReading(unit, recogniser, null), host, console);
        }
        String file = arguments.operands().getFirst();
        return ExplainFollow.file(path(file), new LogReading(file, recogniser, since), host, console);
    }

    private static boolean isPiped(Arguments arguments, Console console) {
        boolean otherwise = arguments.has("line") || arguments.has("journal");
        List<String> files = arguments.operands();
        return !otherwise && !console.isTyped() && (files.isEmpty() || files.contains(STANDARD_INPUT));
    }

    private static List<LogReading> read(
            Arguments arguments,
            Console console,
            Recogniser recogniser,
            @Nullable Instant since,
            List<HostReadException> unread)
            throws UsageException, HostReadException, IOException {
        String line = arguments.value("line");
        String unit = arguments.value("journal");
        if (line != null) {
            var log = new LogReading(null, recogniser, null);
            log.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
            return List.of(log);
        }
        if (unit != null) {
            var log = new LogReading(unit, recogniser, null);
            try (Progress _ = console.progress("reading the journal of " + unit);
                    InputStream in = LogSources.journal(unit, since)) {
                log.read(in);
            }
            return List.of(log);
        }
        List<String> files = arguments.operands().isEmpty() ? List.of(STANDARD_INPUT) : arguments.operands();
        var logs = new ArrayList<LogReading>();
        for (String file : files) {
            var log = new LogReading(file.equals(STANDARD_INPUT) ? null : file, recogniser, since);
            if (file.equals(STANDARD_INPUT)) {
                standardInput(log, console);
            } else {
                try (Progress _ = console.progress("reading " + file);
                        InputStream in = LogSources.open(path(file))) {
                    log.read(in);
                } catch (HostReadException e) {
                    unread.add(e);
                    continue;
                }
            }
            logs.add(log);
        }
        return logs;
    }

    private static void standardInput(LogReading log, Console console) throws HostReadException, IOException {
        if (console.isTyped()) {
            boolean windows = console.machine().system().equals("windows");
            console.warn("paste the lines, then " + (windows ? "Ctrl-Z and Enter" : "Ctrl-D"));
        }
        log.read(LogSources.piped(console.input()));
    }

    private static Path path(String file) throws UsageException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "cannot read '" + file + "'", "it is no name of a file: " + e.getReason(), "berth explain --help");
        }
    }
}

package dev.berth.cli.command;

import dev.berth.cli.json.FreeJson;
import dev.berth.cli.look.Freeable;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.cli.screen.FreeScreen;
import dev.berth.diagnosis.Explanation;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.free.FreeEnd;
import dev.berth.remedy.free.FreeOptions;
import dev.berth.remedy.free.FreePlan;
import dev.berth.remedy.free.FreeReport;
import dev.berth.remedy.free.Freeing;
import dev.berth.remedy.free.NotFreed;
import dev.berth.remedy.free.Pace;
import dev.berth.remedy.free.Question;
import dev.berth.remedy.free.Way;
import dev.berth.remedy.log.ActLog;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.log.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

final class FreeCommand implements Command {
    private static final int GRACE_SECONDS = 10;

    static CommandSpec spec() {
        return new CommandSpec(
                "free",
                "get a port free in the gentlest way that works, and prove it",
                "PORT",
                1,
                1,
                List.of(),
                List.of(
                        OptionSpec.flag("dry-run", "show what would be done, and do nothing"),
                        OptionSpec.flag("yes", "do it without asking; it cannot be undone"),
                        OptionSpec.value("wait", "SECONDS", "wait that long for a closed connection to run out"),
                        OptionSpec.choice("by", "only this way", "wait", "destroy", "stop", "signal"),
                        OptionSpec.value("grace", "SECONDS", "time for a process to end (10)"),
                        OptionSpec.flag("force", "kill a process that was asked and does not end in time"),
                        OptionSpec.value("address", "A", "free this address, not the wildcard"),
                        Commands.PROTOCOL),
                List.of(
                        new CommandSpec.Example("berth free 1433 --dry-run", "what would it take?"),
                        new CommandSpec.Example("berth free 1433", "show it, ask, do it"),
                        new CommandSpec.Example(
                                "berth free 1433 --wait 60 --yes", "wait rather than destroy; never ask"),
                        new CommandSpec.Example("berth free 8080 --by signal", "end the process, not its service")),
                List.of(
                        "0  it is free now, or was",
                        "1  still held, taken again at once, or an act failed;",
                        "   with --dry-run: something would be done"));
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        FreeOptions options = options(arguments);
        var question = new WhyQuestion(arguments.port(), arguments.protocol(), arguments.address("address"), true);
        HostNetwork host = console.host();
        WhyQuestion.Answer answer;
        FreePlan plan;
        try (Progress _ = console.progress("looking into port " + question.port())) {
            answer = question.ask(host, console::everyNamespace);
            plan = FreePlan.of(Freeable.look(host, answer.explanation()), options);
        }
        var json = new FreeJson(host.namespace(), answer.explanation(), plan, options, arguments.has("dry-run"));
        if (!console.json()) {
            FreeScreen.plan(console.page(), answer.explanation(), answer.privilegedBelow(), plan, options);
        }
        return switch (plan) {
            case FreePlan.Nothing() -> {
                if (console.json()) {
                    json.write(console.bytes(), null, null);
                }
                yield ExitCode.OK;
            }
            case FreePlan.Refused refused -> {
                if (console.json()) {
                    json.write(console.bytes(), null, null);
                    yield code(refused);
                }
                throw failure(console, code(refused), NotFreed.of(refused, answer.explanation()));
            }
            case FreePlan.Steps steps -> {
                if (arguments.has("dry-run")) {
                    if (console.json()) {
                        json.write(console.bytes(), null, null);
                    }
                    yield ExitCode.PROBLEM;
                }
                Consent.ask(arguments, console, "Do it?");
                yield free(
                        console,
                        host,
                        () -> question.ask(host).explanation(),
                        answer.explanation(),
                        steps,
                        options,
                        json);
            }
        };
    }

    private static FreeOptions options(Arguments arguments) throws UsageException {
        String by = arguments.value("by");
        if (by != null && !by.equals("signal") && arguments.has("force")) {
            throw Arguments.usage(
                    arguments.spec(), "--force does not go with --by " + by, "it is about processes that do not end");
        }
        Way way = by == null ? null : Way.valueOf(by.toUpperCase(Locale.ROOT));
        return new FreeOptions(
                way == Way.WAIT && arguments.value("wait") == null
                        ? FreeOptions.ANY_TIME
                        : arguments.seconds("wait", 0),
                way,
                arguments.seconds("grace", GRACE_SECONDS),
                arguments.has("force"));
    }

    private static int free(
            Console console,
            HostNetwork host,
            Question question,
            Explanation before,
            FreePlan.Steps steps,
            FreeOptions options,
            FreeJson json)
            throws NotDoneException, IOException {
        Path folder = folder(console, before);
        FreeReport report = carryOut(console, host, question, before, steps, options, folder);
        if (console.json()) {
            json.write(console.bytes(), report, ActLog.file(folder));
        } else {
            FreeScreen.report(console.page(), before, report, ActLog.file(folder));
        }
        int code = code(report.end());
        if (report.end() instanceof FreeEnd.Failure failure && !console.json()) {
            throw failure(console, code, NotFreed.of(failure, before));
        }
        return code;
    }

    private static Path folder(Console console, Explanation before) throws NotDoneException, IOException {
        try {
            return StateFolder.of(
                    console.environment(), System.getProperty("user.name", ""), System.getProperty("user.home", ""));
        } catch (IOException e) {
            throw failure(console, ExitCode.PROBLEM, NotFreed.of(FreeEnd.LogFailed.of(e), before));
        }
    }

    private static FreeReport carryOut(
            Console console,
            HostNetwork host,
            Question question,
            Explanation before,
            FreePlan.Steps steps,
            FreeOptions options,
            Path folder)
            throws NotDoneException, IOException {
        ActLog log;
        try {
            log = ActLog.open(folder, Actor.here(console.environment(), Version.here()), InstantSource.system());
        } catch (IOException e) {
            return new FreeReport(List.of(), FreeEnd.LogFailed.of(e), Duration.ZERO, null);
        }
        try (Progress _ = console.progress("freeing port " + before.port())) {
            return new Freeing(host, question, log, options, Pace.REAL, before).carryOut(steps);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            console.flush();
            throw new NotDoneException(
                    ExitCode.PROBLEM,
                    "interrupted",
                    "what was done until then is in " + ActLog.file(folder),
                    "berth why");
        } finally {
            close(log, console);
        }
    }

    /** Every line was on the disk when it was written, so a log that cannot be closed has lost none. */
    private static void close(ActLog log, Console console) throws IOException {
        try {
            log.close();
        } catch (IOException e) {
            console.warn("berth: " + log.file() + " could not be closed: " + e);
        }
    }

    /** What was gathered is shown before the error. */
    private static NotDoneException failure(Console console, int code, NotFreed told) throws IOException {
        console.flush();
        return new NotDoneException(code, told.what(), told.why(), told.next());
    }

    private static int code(FreePlan.Refused refused) {
        return switch (refused.kind()) {
            case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
            case NOT_POSSIBLE -> ExitCode.NOT_POSSIBLE;
        };
    }

    private static int code(FreeEnd end) {
        return switch (end) {
            case FreeEnd.Freed() -> ExitCode.OK;
            case FreeEnd.NotPermitted(var _) -> ExitCode.NOT_PERMITTED;
            case FreeEnd.NotPossible(var _, var _) -> ExitCode.NOT_POSSIBLE;
            case FreeEnd.TakenAgain(var _),
                    FreeEnd.StillHeld(var _, var _),
                    FreeEnd.StillRefused(),
                    FreeEnd.Failed(var _),
                    FreeEnd.LogFailed(var _) -> ExitCode.PROBLEM;
        };
    }
}

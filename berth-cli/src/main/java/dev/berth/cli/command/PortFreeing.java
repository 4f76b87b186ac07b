package dev.berth.cli.command;

import dev.berth.cli.json.FreeJson;
import dev.berth.cli.look.Freeable;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.cli.screen.FreeScreen;
import dev.berth.diagnosis.Explanation;
import dev.berth.platform.Build;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.apply.NotChanged;
import dev.berth.remedy.free.FreeEnd;
import dev.berth.remedy.free.FreeOptions;
import dev.berth.remedy.free.FreePlan;
import dev.berth.remedy.free.FreeReport;
import dev.berth.remedy.free.Freeing;
import dev.berth.remedy.free.NotFreed;
import dev.berth.remedy.free.Pace;
import dev.berth.remedy.log.ActLog;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.log.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets one port free: looks and plans, shows that, does it where somebody agreed, and tells how it went. */
final class PortFreeing {
    /** How long a process has to end, unless somebody says otherwise. */
    static final int GRACE_SECONDS = 10;

    /** Whatever is gentlest, and nobody is killed. */
    static final FreeOptions GENTLY = new FreeOptions(Duration.ZERO, null, Duration.ofSeconds(GRACE_SECONDS), false);

    private final Console console;
    private final HostNetwork host;
    private final WhyQuestion question;
    private final FreeOptions options;
    private final WhyQuestion.Answer answer;
    private final FreePlan plan;
    private @Nullable FreeReport report;
    private @Nullable Path folder;

    private PortFreeing(
            Console console,
            HostNetwork host,
            WhyQuestion question,
            FreeOptions options,
            WhyQuestion.Answer answer,
            FreePlan plan) {
        this.console = console;
        this.host = host;
        this.question = question;
        this.options = options;
        this.answer = answer;
        this.plan = plan;
    }

    /** Looks into the port, and shows what would be done unless a document is asked for. */
    static PortFreeing of(Console console, HostNetwork host, WhyQuestion question, FreeOptions options)
            throws HostReadException {
        WhyQuestion.Answer answer;
        FreePlan plan;
        try (Progress _ = console.progress("looking into port " + question.port())) {
            answer = question.ask(host, console::everyNamespace);
            plan = FreePlan.of(Freeable.look(host, answer.explanation()), options);
        }
        if (!console.json()) {
            FreeScreen.plan(console.page(), answer.explanation(), answer.privilegedBelow(), plan, options);
        }
        return new PortFreeing(console, host, question, options, answer, plan);
    }

    private Explanation before() {
        return answer.explanation();
    }

    /** Whether somebody holds the port who can be made to let go of it, and that was not tried yet. */
    boolean isToDo() {
        return plan instanceof FreePlan.Steps && report == null;
    }

    /** Whether anything was done that nobody can take back. */
    boolean acted() {
        return report != null && !report.done().isEmpty();
    }

    /** Does what is planned, if anything is, and shows how it went; nobody is asked. */
    void carryOut() throws NotDoneException, IOException {
        if (!(plan instanceof FreePlan.Steps steps)) {
            return;
        }
        Path journals = folder();
        folder = journals;
        FreeReport done = carryOut(steps, journals);
        report = done;
        if (!console.json()) {
            FreeScreen.report(console.page(), before(), done, ActLog.file(journals));
        }
    }

    private Path folder() throws NotDoneException, IOException {
        try {
            return StateFolder.of(
                    console.environment(), System.getProperty("user.name", ""), System.getProperty("user.home", ""));
        } catch (IOException e) {
            throw failure(ExitCode.PROBLEM, NotFreed.of(FreeEnd.LogFailed.of(e), before()));
        }
    }

    private FreeReport carryOut(FreePlan.Steps steps, Path journals) throws NotDoneException, IOException {
        ActLog log;
        try {
            log = ActLog.open(
                    journals, Actor.here(console.environment(), Build.here().toString()), InstantSource.system());
        } catch (IOException e) {
            return new FreeReport(List.of(), FreeEnd.LogFailed.of(e), Duration.ZERO, null);
        }
        try (Progress _ = console.progress("freeing port " + before().port())) {
            return new Freeing(host, () -> question.ask(host).explanation(), log, options, Pace.REAL, before())
                    .carryOut(steps);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            console.flush();
            throw new NotDoneException(
                    ExitCode.PROBLEM,
                    "interrupted",
                    "what was done until then is in " + ActLog.file(journals),
                    "berth why");
        } finally {
            close(log);
        }
    }

    /** Every line was on the disk when it was written, so a log that cannot be closed has lost none. */
    private void close(ActLog log) throws IOException {
        try {
            log.close();
        } catch (IOException e) {
            console.warn("berth: " + log.file() + " could not be closed: " + e);
        }
    }

    /** The document of it, as far as it has come. */
    FreeJson json(boolean dryRun) {
        return new FreeJson(
                host.namespace(), before(), plan, options, dryRun, report, folder == null ? null : ActLog.file(folder));
    }

    private @Nullable NotFreed failure() {
        if (report != null) {
            return report.end() instanceof FreeEnd.Failure failure ? NotFreed.of(failure, before()) : null;
        }
        return plan instanceof FreePlan.Refused refused ? NotFreed.of(refused, before()) : null;
    }

    /** Why the port will not be free, as whoever wanted it for something else tells it; null where nothing has failed. */
    @Nullable
    NotChanged inTheWay() {
        NotFreed told = failure();
        return told == null
                ? null
                : new NotChanged(
                        told.what(),
                        told.why(),
                        told.next().contains("--")
                                ? "with berth free %d: %s".formatted(before().port(), told.next())
                                : told.next());
    }

    /**
     * Ends it.
     *
     * @return an {@link ExitCode}
     * @throws NotDoneException when it failed and that is not told in a document
     */
    int end() throws NotDoneException, IOException {
        NotFreed told = failure();
        if (told != null && !console.json()) {
            throw failure(code(), told);
        }
        return code();
    }

    /** An {@link ExitCode}. */
    int code() {
        return report == null ? code(plan) : code(report.end());
    }

    /** What was gathered is shown before the error. */
    private NotDoneException failure(int code, NotFreed told) throws IOException {
        console.flush();
        return new NotDoneException(code, told.what(), told.why(), told.next());
    }

    private static int code(FreePlan plan) {
        return switch (plan) {
            case FreePlan.Nothing() -> ExitCode.OK;
            case FreePlan.Steps _ -> ExitCode.PROBLEM;
            case FreePlan.Refused refused ->
                switch (refused.kind()) {
                    case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
                    case NOT_POSSIBLE -> ExitCode.NOT_POSSIBLE;
                };
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

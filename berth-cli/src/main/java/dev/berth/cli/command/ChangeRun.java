package dev.berth.cli.command;

import dev.berth.cli.screen.ChangeScreen;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.apply.Applied;
import dev.berth.remedy.apply.Applying;
import dev.berth.remedy.apply.ChangeReport;
import dev.berth.remedy.apply.NotChanged;
import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.JournalException;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanRefusedException;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Terrain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one path of every change: put in order what a crash has left, look, plan, show, ask, write down, apply, tell.
 *
 * <p>Nobody is kept waiting while somebody reads a plan: the journal is open only once the answer is yes, and what has
 * changed until then is noticed.
 */
final class ChangeRun {
    private final Arguments arguments;
    private final Console console;
    private final HostNetwork host;
    private final Path folder;
    private final Aftermath aftermath;
    private final InstantSource clock = InstantSource.system();
    private final @Nullable Duration confirmWithin;
    private final @Nullable PortFreeing first;
    private final List<Recovered> recovered = new ArrayList<>();
    private final List<Gap> unseen = new ArrayList<>();
    private List<Gap> gaps = List.of();

    /**
     * Turns what is wanted into steps, by {@link Planning#outline}: whether they are permitted here is asked later. Asked again
     * where the host changes in between.
     */
    interface Planner {
        Plan plan(Terrain terrain) throws PlanRefusedException, UsageException, NotDoneException, HostReadException;

        /** What to say where the plan has no step. */
        default String idle() {
            return ChangeScreen.IDLE;
        }
    }

    ChangeRun(Arguments arguments, Console console) throws UsageException, NotDoneException, HostReadException {
        this(arguments, console, console.host(), null);
    }

    /**
     * @param first what is done once the answer is yes, before any setting is changed; null for nothing
     */
    ChangeRun(Arguments arguments, Console console, HostNetwork host, @Nullable PortFreeing first)
            throws UsageException, NotDoneException {
        this.arguments = arguments;
        this.console = console;
        this.confirmWithin = ChangeOptions.confirmWithin(arguments);
        this.host = host;
        this.first = first;
        this.folder = StatePlace.of(console);
        this.aftermath = new Aftermath(console, folder, new OpenTunings(console), clock);
    }

    /** The host that is changed. */
    HostNetwork host() {
        return host;
    }

    /** What could not be seen of it when it was last planned for. */
    List<Gap> gaps() {
        return gaps;
    }

    /** Carries out what is wanted, and shows it unless a document is asked for; what failed is in the report. */
    ChangeReport carryOut(Planner planner) throws UsageException, NotDoneException, HostReadException, IOException {
        boolean dryRun = arguments.has("dry-run");
        if (!dryRun) {
            recovered.addAll(aftermath.settle());
        }
        List<Change> pending = pending();
        Plan plan;
        try {
            plan = plan(planner);
        } catch (StalePlanException e) {
            if (!console.json()) {
                throw e;
            }
            return report(e.plan(), pending, new ChangeReport.End.Outdated(e.told()));
        }
        show(plan, planner, pending);
        if (plan.steps().isEmpty() && (first == null || !first.isToDo())) {
            return report(plan, pending, new ChangeReport.End.Nothing());
        }
        if (dryRun) {
            return report(plan, pending, new ChangeReport.End.Planned());
        }
        PlanRefusedException refusal = refusal(plan);
        if (refusal != null) {
            return report(plan, pending, new ChangeReport.End.Refused(refusal));
        }
        Consent.ask(arguments, console, "Do it?");
        return apply(planner, plan, pending);
    }

    /** The plan alone: nothing is asked, written or put in order. */
    Plan plan(Planner planner) throws UsageException, NotDoneException, HostReadException {
        try {
            Terrain terrain = Terrain.of(host, others());
            gaps = Stream.concat(terrain.gaps().stream(), unseen.stream()).toList();
            return planner.plan(terrain);
        } catch (PlanRefusedException e) {
            throw refused(e);
        }
    }

    /** Nobody is asked about what this user cannot do anyway. Null where nothing is known to be in the way. */
    private @Nullable PlanRefusedException refusal(Plan plan) {
        try {
            Planning.permit(plan, host.tuning());
            return null;
        } catch (PlanRefusedException e) {
            return e;
        }
    }

    static NotDoneException refused(PlanRefusedException e) {
        return new NotDoneException(code(e), String.valueOf(e.getMessage()), e.why(), e.next());
    }

    private static int code(PlanRefusedException e) {
        return switch (e.kind()) {
            case BAD_REQUEST -> ExitCode.USAGE;
            case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
            case NOT_POSSIBLE -> ExitCode.NOT_POSSIBLE;
        };
    }

    /** The other network namespaces, where it is the host's own that changes; none of them does. */
    private List<NetworkNamespace> others() throws HostReadException {
        if (arguments.value("netns") != null) {
            return List.of();
        }
        var others = new ArrayList<NetworkNamespace>();
        for (HostNetwork other : console.hosts(new NamespaceChoice.Whole())) {
            if (other.namespace().inode() != host.namespace().inode()) {
                others.add(other.namespace());
            }
        }
        return others;
    }

    private List<Change> pending() throws JournalException {
        return read().stream()
                .filter(change ->
                        change.state() == Change.State.UNFINISHED || change.state() == Change.State.UNCONFIRMED)
                .toList();
    }

    private List<Change> read() throws JournalException {
        try {
            return Journal.read(folder);
        } catch (JournalException e) {
            if (e.kind() != JournalException.Kind.NOT_PERMITTED) {
                throw e;
            }
            unseen.add(new Gap("changes of before", e.why()));
            return List.of();
        }
    }

    private void show(Plan plan, Planner planner, List<Change> pending) {
        if (!console.json()) {
            boolean frees = first != null && first.isToDo();
            String idle = frees ? "And no setting is to be changed." : planner.idle();
            ChangeScreen.plan(console.page(), plan, idle, pending, clock.instant());
        }
    }

    private ChangeReport apply(Planner planner, Plan shown, List<Change> pending)
            throws UsageException, NotDoneException, HostReadException, IOException {
        try (Interruption _ = new Interruption(); // a change that is begun is ended
                Journal journal = aftermath.open()) {
            List<Recovered> now = aftermath.settle(journal);
            recovered.addAll(now);
            boolean moved = !now.isEmpty();
            Plan plan = moved ? again(planner, shown, pending) : shown;
            if (first != null && first.isToDo()) {
                first.carryOut();
                NotChanged held = first.inTheWay();
                if (held != null) {
                    return report(plan, pending, new ChangeReport.End.Held(held));
                }
                plan = again(planner, plan, pending);
            }
            Applied applied = apply(journal, plan);
            if (applied instanceof Applied.Stale && arguments.has("yes")) {
                plan = again(planner, plan, pending);
                applied = apply(journal, plan);
            }
            return report(plan, pending, end(applied, journal));
        }
    }

    /** Plans once more where the host has changed since; what nobody has agreed to is not done. */
    private Plan again(Planner planner, Plan shown, List<Change> pending)
            throws UsageException, NotDoneException, HostReadException, IOException {
        Plan plan = plan(planner);
        if (plan.steps().equals(shown.steps())) {
            return plan;
        }
        if (!arguments.has("yes")) {
            console.flush();
            throw new NotDoneException(
                    ExitCode.PROBLEM,
                    "nothing was changed: the host is no longer as the plan found it",
                    "something else changed it while the plan was read",
                    "plan again: type the command once more");
        }
        show(plan, planner, pending);
        return plan;
    }

    /** @return null where nothing was to be done */
    private @Nullable Applied apply(Journal journal, Plan plan) throws NotDoneException, IOException {
        if (plan.steps().isEmpty()) {
            return null;
        }
        try (Progress _ = console.progress("changing settings")) {
            Applying.Before before = confirmWithin == null ? _ -> {} : new Reverter(folder);
            Applied applied =
                    new Applying(journal, host.tuning()).apply(plan, arguments.typed(), confirmWithin, before);
            if (applied instanceof Applied.Done(int id)) {
                console.done("change " + id + " is made");
            }
            return applied;
        } catch (JournalException e) {
            console.flush();
            throw e; // it says itself what is left
        } catch (IOException e) {
            console.flush();
            throw new NotDoneException(
                    ExitCode.PROBLEM,
                    "nothing was changed: its way back could not be prepared",
                    String.valueOf(e.getMessage()),
                    "try again, or leave out --confirm-within");
        }
    }

    private ChangeReport.End end(@Nullable Applied applied, Journal journal) {
        if (applied == null) {
            return new ChangeReport.End.Nothing();
        }
        Instant confirmBy =
                applied instanceof Applied.Done(int id) ? journal.change(id).confirmBy() : null;
        var deadline = confirmBy == null
                ? null
                : new ChangeReport.Deadline(confirmBy, Duration.between(clock.instant(), confirmBy));
        return new ChangeReport.End.Tried(applied, deadline);
    }

    private ChangeReport report(Plan plan, List<Change> pending, ChangeReport.End end) {
        var report = new ChangeReport(plan, recovered, pending, end, Journal.file(folder), gaps);
        if (!console.json()) {
            ChangeScreen.report(console.page(), report);
        }
        return report;
    }

    /**
     * Ends a command whose answer is the report alone.
     *
     * @return an {@link ExitCode}
     * @throws NotDoneException when it failed and that has not been told in a document
     */
    int end(ChangeReport report) throws NotDoneException, IOException {
        int code = code(report.end());
        if (report.end() instanceof ChangeReport.End.Refused(PlanRefusedException reason) && !console.json()) {
            console.flush();
            throw refused(reason);
        }
        if (report.end() instanceof ChangeReport.End.Tried(Applied applied, var _) && !console.json()) {
            NotChanged told = NotChanged.of(applied);
            if (told != null) {
                console.flush();
                throw new NotDoneException(code, told.what(), told.why(), told.next());
            }
        }
        return code;
    }

    private static int code(ChangeReport.End end) {
        return switch (end) {
            case ChangeReport.End.Nothing() -> ExitCode.OK;
            case ChangeReport.End.Planned(), ChangeReport.End.Outdated _, ChangeReport.End.Held _ -> ExitCode.PROBLEM;
            case ChangeReport.End.Refused(PlanRefusedException reason) -> code(reason);
            case ChangeReport.End.Tried(Applied applied, var _) -> code(applied);
        };
    }

    private static int code(Applied applied) {
        return switch (applied) {
            case Applied.Done _ -> ExitCode.OK;
            case Applied.Stale _ -> ExitCode.PROBLEM;
            case Applied.Failed failed ->
                !failed.undoing().complete()
                        ? ExitCode.PROBLEM
                        : switch (failed.outcome()) {
                            case ActOutcome.NotPermitted _ -> ExitCode.NOT_PERMITTED;
                            case ActOutcome.NotOnThisSystem _ -> ExitCode.NOT_POSSIBLE;
                            case ActOutcome.Done _, ActOutcome.Gone _, ActOutcome.Failed _ -> ExitCode.PROBLEM;
                        };
        };
    }
}

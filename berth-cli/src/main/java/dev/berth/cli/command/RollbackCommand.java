package dev.berth.cli.command;

import dev.berth.cli.json.RollbackJson;
import dev.berth.cli.screen.ChangeScreen;
import dev.berth.platform.Build;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.apply.Rehearsal;
import dev.berth.remedy.apply.Tunings;
import dev.berth.remedy.apply.Undoing;
import dev.berth.remedy.apply.Undone;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.UndoReason;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.log.Master;
import dev.berth.remedy.plan.PlanRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class RollbackCommand implements Command {
    /** In these there is something to take back. */
    private static final Set<Change.State> MADE =
            EnumSet.of(Change.State.APPLIED, Change.State.UNCONFIRMED, Change.State.PARTLY_UNDONE);

    private final InstantSource clock = InstantSource.system();

    static CommandSpec spec() {
        return new CommandSpec(
                "rollback",
                "take a change back, step by step, as far as it is still in force",
                "[ID]",
                0,
                1,
                List.of(),
                List.of(
                        OptionSpec.flag("dry-run", "show what would be set back, and change nothing"),
                        OptionSpec.flag("yes", "do it without asking")),
                List.of(
                        new CommandSpec.Example("berth rollback", "the last change that is in force"),
                        new CommandSpec.Example("berth rollback 7 --yes", "this one, without asking")),
                List.of(
                        "0  taken back, or nothing to take back",
                        "1  a part could not be taken back; with --dry-run: something would be",
                        "3  this user may not set what it takes: nothing is begun"));
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        Integer asked = arguments.operands().isEmpty() ? null : ChangeNumber.of(arguments);
        Path folder = StatePlace.of(console);
        var tunings = new OpenTunings(console);
        var aftermath = new Aftermath(console, folder, tunings, clock);
        var recovered = new ArrayList<Recovered>();
        if (!arguments.has("dry-run")) {
            recovered.addAll(aftermath.settle());
        }
        boolean settled = // what was meant is taken back by that, and not one more
                asked == null && recovered.stream().anyMatch(RollbackCommand::isUndone);
        Change shown = settled ? null : chosen(Journal.read(folder), asked);
        for (Recovered one : recovered) {
            if (shown != null && one.change().id() == shown.id() && one.undone() != null && shown.isOwed()) {
                return triedInVain(console, shown, one.undone(), recovered);
            }
        }
        boolean nothing = shown != null && !isMade(shown);
        Foreseen foresight = shown == null || nothing
                ? new Foreseen(List.of(), null)
                : foreseen(console, folder, tunings, shown.id());
        List<Undone> foreseen = foresight.undone();
        if (settled && !console.json()) {
            console.page().note("Nothing else is taken back.");
        } else if (!console.json()) {
            Path ofRoot = StatePlace.ofRoot(console);
            if (shown == null && ofRoot != null) {
                Master master = Master.of(console.environment());
                console.page()
                        .note("Nothing of yours to take back. What %s changed is in %s: %s"
                                .formatted(master.who(), ofRoot, master.types("berth rollback")));
            } else {
                ChangeScreen.rollback(console.page(), shown, foreseen, clock.instant());
            }
        }
        if (shown == null || nothing || arguments.has("dry-run")) {
            if (console.json()) {
                RollbackJson.write(
                        console.bytes(),
                        shown,
                        nothing || shown == null ? "nothing" : "planned",
                        foreseen,
                        recovered,
                        clock.instant());
            }
            return shown == null || nothing ? ExitCode.OK : ExitCode.PROBLEM;
        }
        if (foresight.refusal() != null) {
            console.flush();
            throw ChangeRun.refused(foresight.refusal());
        }
        Consent.ask(arguments, console, "Take it back?");
        try (Interruption _ = new Interruption(); // what is begun is ended
                Journal journal = aftermath.open()) {
            recovered.addAll(aftermath.settle(journal));
            return undo(console, journal, tunings, shown.id(), recovered);
        }
    }

    /** It was to be taken back before, and what could not be done a moment ago is not asked for again. */
    private int triedInVain(Console console, Change change, Undone undone, List<Recovered> recovered)
            throws NotDoneException, IOException {
        if (console.json()) {
            RollbackJson.write(console.bytes(), change, "partlyUndone", List.of(undone), recovered, clock.instant());
            return ExitCode.PROBLEM;
        }
        return end(console, List.of(undone));
    }

    private static boolean isUndone(Recovered one) {
        return one.undone() != null && one.undone().complete();
    }

    private static boolean isMade(Change change) {
        return MADE.contains(change.state()) || change.state() == Change.State.UNFINISHED;
    }

    /**
     * @param refusal where it takes more than this user may do: then nothing is begun; null where nothing is known to be in the
     *     way
     */
    private record Foreseen(List<Undone> undone, @Nullable PlanRefusedException refusal) {}

    /** What it would come to, from how the host is now. */
    private Foreseen foreseen(Console console, Path folder, Tunings tunings, int id) throws IOException {
        Actor actor = Actor.here(console.environment(), Build.here().toString());
        try (Journal imagined = Journal.imagined(folder, actor, clock)) {
            var rehearsed = new Undoing(imagined, new Rehearsal(tunings));
            List<Undone> undone = rehearsed.undoWithWaiting(imagined.change(id), UndoReason.ASKED);
            return new Foreseen(undone, rehearsed.notPermitted(undone));
        }
    }

    /** Null where no number was given and nothing is in force: the last one that is whole, or else what is left of another. */
    private static @Nullable Change chosen(List<Change> changes, @Nullable Integer asked) throws UsageException {
        if (asked != null) {
            return ChangeNumber.find(changes, asked);
        }
        return Stream.of(
                        EnumSet.of(Change.State.APPLIED, Change.State.UNCONFIRMED, Change.State.UNFINISHED),
                        EnumSet.of(Change.State.PARTLY_UNDONE))
                .flatMap(states -> changes.reversed().stream().filter(change -> states.contains(change.state())))
                .findFirst()
                .orElse(null);
    }

    private int undo(Console console, Journal journal, OpenTunings tunings, int id, List<Recovered> recovered)
            throws UsageException, NotDoneException, IOException {
        Change change = ChangeNumber.find(journal.changes(), id);
        List<Undone> undone =
                isMade(change) ? new Undoing(journal, tunings).undoWithWaiting(change, UndoReason.ASKED) : List.of();
        Change after = ChangeNumber.find(journal.changes(), id);
        boolean complete = undone.isEmpty() || undone.getFirst().complete();
        if (!undone.isEmpty()) {
            console.done("change " + id + " is taken back" + (complete ? "" : " in part"));
        }
        if (console.json()) {
            String outcome = undone.isEmpty() ? "nothing" : complete ? "rolledBack" : "partlyUndone";
            RollbackJson.write(console.bytes(), after, outcome, undone, recovered, clock.instant());
            return complete ? ExitCode.OK : ExitCode.PROBLEM;
        }
        if (undone.isEmpty()) {
            console.page().note("Change " + id + " is " + ChangeScreen.state(after, after.at()) + " already.");
            return ExitCode.OK;
        }
        ChangeScreen.undone(console.page(), undone);
        return end(console, undone);
    }

    private static int end(Console console, List<Undone> undone) throws NotDoneException, IOException {
        int id = undone.getFirst().id();
        if (!undone.getFirst().complete()) {
            console.flush();
            throw new NotDoneException(
                    ExitCode.PROBLEM,
                    "change " + id + " could not be taken back whole",
                    "what was left as it is stands above, each with its reason",
                    "berth ranges shows what is in force; berth rollback " + id + " tries the rest again");
        }
        console.page().note("");
        for (Undone one : undone) {
            console.page().note("Change " + one.id() + " is " + (one.complete() ? "taken back." : "undone in part."));
        }
        return ExitCode.OK;
    }
}

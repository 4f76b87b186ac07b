package dev.berth.cli.command;

import dev.berth.cli.json.RollbackJson;
import dev.berth.cli.screen.ChangeScreen;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.apply.Undoing;
import dev.berth.remedy.apply.Undone;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
                        "1  a part could not be taken back; with --dry-run: something would be"));
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
        if (settled && !console.json()) {
            console.page().note("Nothing else is taken back.");
        } else if (!console.json()) {
            Path ofRoot = StatePlace.ofRoot(console);
            if (shown == null && ofRoot != null) {
                console.page()
                        .note("Nothing of yours to take back. What root changed is in " + ofRoot
                                + ": sudo berth rollback");
            } else {
                ChangeScreen.rollback(console.page(), shown, clock.instant());
            }
        }
        boolean nothing = shown != null && !isMade(shown);
        if (shown == null || nothing || arguments.has("dry-run")) {
            if (console.json()) {
                RollbackJson.write(
                        console.bytes(),
                        shown,
                        nothing || shown == null ? "nothing" : "planned",
                        null,
                        recovered,
                        clock.instant());
            }
            return shown == null || nothing ? ExitCode.OK : ExitCode.PROBLEM;
        }
        Consent.ask(arguments, console, "Take it back?");
        try (Interruption _ = new Interruption(); // what is begun is ended
                Journal journal = aftermath.open()) {
            recovered.addAll(aftermath.settle(journal));
            return undo(console, journal, tunings, shown.id(), recovered);
        }
    }

    private static boolean isUndone(Recovered one) {
        return one.undone() != null && one.undone().complete();
    }

    private static boolean isMade(Change change) {
        return MADE.contains(change.state()) || change.state() == Change.State.UNFINISHED;
    }

    /** Null where no number was given and nothing is in force. */
    private static @Nullable Change chosen(List<Change> changes, @Nullable Integer asked) throws UsageException {
        if (asked != null) {
            return ChangeNumber.find(changes, asked);
        }
        return changes.reversed().stream()
                .filter(change -> change.state() == Change.State.APPLIED
                        || change.state() == Change.State.UNCONFIRMED
                        || change.isOwed())
                .findFirst()
                .orElse(null);
    }

    private int undo(Console console, Journal journal, OpenTunings tunings, int id, List<Recovered> recovered)
            throws UsageException, NotDoneException, IOException {
        Change change = ChangeNumber.find(journal.changes(), id);
        Undone undone = isMade(change) ? new Undoing(journal, tunings).undo(change) : null;
        Change after = ChangeNumber.find(journal.changes(), id);
        boolean complete = undone == null || undone.complete();
        if (undone != null) {
            console.done("change " + id + " is taken back" + (complete ? "" : " in part"));
        }
        if (console.json()) {
            String outcome = undone == null ? "nothing" : complete ? "rolledBack" : "partlyUndone";
            RollbackJson.write(console.bytes(), after, outcome, undone, recovered, clock.instant());
            return complete ? ExitCode.OK : ExitCode.PROBLEM;
        }
        if (undone == null) {
            console.page().note("Change " + id + " is " + ChangeScreen.state(after, after.at()) + " already.");
            return ExitCode.OK;
        }
        ChangeScreen.undone(console.page(), undone);
        return end(console, id, complete);
    }

    private static int end(Console console, int id, boolean complete) throws NotDoneException, IOException {
        if (!complete) {
            console.flush();
            throw new NotDoneException(
                    ExitCode.PROBLEM,
                    "change " + id + " could not be taken back whole",
                    "what was left as it is stands above, each with its reason",
                    "berth ranges shows what is in force; berth rollback " + id + " tries the rest again");
        }
        console.page().note("");
        console.page().note("Change " + id + " is taken back.");
        return ExitCode.OK;
    }
}

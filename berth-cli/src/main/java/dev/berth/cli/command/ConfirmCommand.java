package dev.berth.cli.command;

import dev.berth.cli.json.ConfirmJson;
import dev.berth.cli.screen.ChangeScreen;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

final class ConfirmCommand implements Command {
    private final InstantSource clock = InstantSource.system();

    static CommandSpec spec() {
        return new CommandSpec(
                "confirm",
                "let a change last that was made with --confirm-within",
                "[ID]",
                0,
                1,
                List.of(),
                List.of(),
                List.of(
                        new CommandSpec.Example("berth confirm", "the last one that waits for it"),
                        new CommandSpec.Example("berth confirm 7", "this one")),
                List.of("0  it lasts now, or did before", "1  too late: it has been undone"));
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        Integer asked = arguments.operands().isEmpty() ? null : ChangeNumber.of(arguments);
        Path folder = StatePlace.of(console);
        var aftermath = new Aftermath(console, folder, new OpenTunings(console), clock);
        try (Journal journal = aftermath.open()) {
            List<Recovered> recovered = aftermath.settle(journal);
            Change change =
                    asked == null ? lastWaiting(journal, recovered) : ChangeNumber.find(journal.changes(), asked);
            boolean confirmed = journal.confirm(change.id());
            boolean lasts = confirmed || change.state() == Change.State.APPLIED;
            if (console.json()) {
                ConfirmJson.write(
                        console.bytes(),
                        ChangeNumber.find(journal.changes(), change.id()),
                        confirmed,
                        recovered,
                        clock.instant());
                return lasts ? ExitCode.OK : ExitCode.PROBLEM;
            }
            if (!lasts) {
                throw tooLate(console, change);
            }
            console.page()
                    .note("Change " + change.id() + (confirmed ? " is confirmed, and lasts." : " lasts already."));
            return ExitCode.OK;
        }
    }

    private static Change lastWaiting(Journal journal, List<Recovered> recovered)
            throws UsageException, NotDoneException {
        Change last = null;
        for (Change change : journal.changes()) {
            if (change.state() == Change.State.UNCONFIRMED) {
                last = change;
            }
        }
        if (last != null) {
            return last;
        }
        for (Recovered one : recovered) { // it was waiting until a moment ago
            if (one.why() == Recovered.Why.NOT_CONFIRMED) {
                return ChangeNumber.find(journal.changes(), one.change().id());
            }
        }
        for (Change change : journal.changes()) {
            last = change.confirmBy() != null ? change : last;
        }
        if (last == null) {
            throw new NotDoneException(
                    ExitCode.USAGE,
                    "no change waits to be confirmed",
                    "none was made with --confirm-within",
                    "berth changes lists them");
        }
        return last;
    }

    private static NotDoneException tooLate(Console console, Change change) throws IOException {
        console.flush();
        return new NotDoneException(
                ExitCode.PROBLEM,
                "change " + change.id() + " cannot be confirmed",
                "it is " + ChangeScreen.state(change, change.at()) + " by now",
                (change.command().endsWith("…")
                                ? "make it again (it is shortened here): berth "
                                : "make it again: berth ")
                        + change.command());
    }
}

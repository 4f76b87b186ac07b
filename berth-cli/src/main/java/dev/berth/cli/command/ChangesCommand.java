package dev.berth.cli.command;

import dev.berth.cli.json.ChangesJson;
import dev.berth.cli.look.History;
import dev.berth.cli.screen.ChangesScreen;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.log.Master;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

final class ChangesCommand implements Command {
    private final InstantSource clock = InstantSource.system();

    static CommandSpec spec() {
        return new CommandSpec(
                "changes",
                "what Berth has changed on this host, and what is still in force",
                "[ID]",
                0,
                1,
                List.of(),
                List.of(),
                List.of(
                        new CommandSpec.Example("berth changes", "all of them, newest last"),
                        new CommandSpec.Example("berth changes 7", "every step of one")),
                List.of("0  always"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, NotDoneException, IOException {
        var history =
                History.read(StatePlace.of(console), Master.of(console.environment()), StatePlace.ofRoot(console));
        Instant now = clock.instant();
        if (arguments.operands().isEmpty()) {
            if (console.json()) {
                ChangesJson.write(console.bytes(), history, now);
            } else {
                ChangesScreen.list(console.page(), history, now);
            }
            return ExitCode.OK;
        }
        int id = ChangeNumber.of(arguments);
        boolean known = history.changes().stream().anyMatch(one -> one.id() == id);
        if (!known && history.beyond() != null) {
            throw history.beyond();
        }
        if (!known && history.hidden()) {
            throw new NotDoneException(
                    ExitCode.NOT_PERMITTED,
                    "there is no change " + id + " that this user may see",
                    history.gaps().getFirst().what() + ": "
                            + history.gaps().getFirst().why(),
                    Master.of(console.environment()).types("berth changes " + id));
        }
        Change change = ChangeNumber.find(history.changes(), id);
        if (console.json()) {
            ChangesJson.write(console.bytes(), history.of(change), now);
        } else {
            ChangesScreen.one(console.page(), change, now);
            if (history.beyond() != null) {
                console.warn("berth: " + history.beyond().why() + "; what is told may be out of date");
            }
        }
        return ExitCode.OK;
    }
}

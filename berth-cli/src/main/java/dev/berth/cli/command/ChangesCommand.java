package dev.berth.cli.command;

import dev.berth.cli.json.ChangesJson;
import dev.berth.cli.look.History;
import dev.berth.cli.screen.ChangesScreen;
import dev.berth.remedy.journal.Change;
import java.io.IOException;
import java.util.List;

final class ChangesCommand implements Command {
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
        var history = History.read(StatePlace.of(console));
        if (arguments.operands().isEmpty()) {
            if (console.json()) {
                ChangesJson.write(console.bytes(), history);
            } else {
                ChangesScreen.list(console.page(), history);
            }
            return ExitCode.OK;
        }
        Change change = ChangeNumber.find(history.changes(), ChangeNumber.of(arguments));
        if (console.json()) {
            ChangesJson.write(
                    console.bytes(), new History(history.folder(), List.of(change), List.of(), history.gaps()));
        } else {
            ChangesScreen.one(console.page(), change);
        }
        return ExitCode.OK;
    }
}

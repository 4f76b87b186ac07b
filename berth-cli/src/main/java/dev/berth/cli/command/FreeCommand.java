package dev.berth.cli.command;

import dev.berth.cli.look.WhyQuestion;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.free.FreeOptions;
import dev.berth.remedy.free.Way;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

final class FreeCommand implements Command {
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
        var freeing = PortFreeing.of(console, console.host(), question, options);
        boolean dryRun = arguments.has("dry-run");
        if (freeing.isToDo() && !dryRun) {
            Consent.ask(arguments, console, "Do it?");
            freeing.carryOut();
        }
        if (console.json()) {
            freeing.json(dryRun).write(console.bytes());
        }
        return freeing.end();
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
                arguments.seconds("grace", PortFreeing.GRACE_SECONDS),
                arguments.has("force"));
    }
}

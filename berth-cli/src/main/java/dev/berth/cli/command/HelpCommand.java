package dev.berth.cli.command;

import dev.berth.cli.screen.Page;
import java.util.List;

final class HelpCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "help",
                "how a command is called",
                "[COMMAND]",
                0,
                1,
                Commands.NAMES,
                List.of(),
                List.of(
                        new CommandSpec.Example("berth help", "all commands"),
                        new CommandSpec.Example("berth help why", "one command")),
                List.of("0  done"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException {
        List<String> words = arguments.operands();
        if (words.isEmpty()) {
            overview(console.page());
            return ExitCode.OK;
        }
        String name = words.getFirst();
        if (!Commands.NAMES.contains(name)) {
            throw Commands.unknown(name);
        }
        print(console.page(), Commands.spec(name));
        return ExitCode.OK;
    }

    private static void overview(Page page) {
        page.note("berth says why a TCP port is not available, proves it, and says how to get it.");
        page.note("");
        page.note("usage: berth [COMMAND] [options]      `berth` alone is `berth doctor`");
        page.note("");
        for (String name : Commands.NAMES) {
            page.entry(name, Commands.spec(name).summary());
        }
        page.note("");
        page.note("berth help COMMAND says more, with examples.");
    }

    static void print(Page page, CommandSpec spec) {
        page.paragraph("berth " + spec.name() + ": " + spec.summary());
        page.note("");
        page.note("usage: " + spec.usage());
        page.note("");
        page.note("options");
        for (OptionSpec option : spec.allOptions()) {
            String letter = option.letter() == null ? "" : "-" + option.letter() + ", ";
            String value = option.value() == null ? "" : " " + option.value();
            page.entry(letter + "--" + option.name() + value, option.description());
        }
        if (spec.name().equals("list")) {
            page.note("");
            page.note("filters, joined by AND, each key once");
            ListFilter.MEANINGS.forEach(page::entry);
        }
        page.note("");
        page.note("examples");
        for (CommandSpec.Example example : spec.examples()) {
            page.entry(example.line(), example.meaning());
        }
        page.note("");
        page.note("exit codes");
        for (String exit : spec.exits()) {
            page.note("  " + exit);
        }
        page.note("  2  bad usage or input");
        page.note("  3  not permitted");
        if (!spec.name().equals("why")) {
            page.note("  4  not possible on this system");
        }
        page.note("  70 internal error");
        page.note("  74 the output could not be written");
    }
}

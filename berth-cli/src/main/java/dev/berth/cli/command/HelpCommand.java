package dev.berth.cli.command;

import dev.berth.cli.screen.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

final class HelpCommand implements Command {
    /** What Berth does, behind its name. */
    static final String PURPOSE = "says why a TCP port is not available, proves it, and says how to get it";

    static final String USAGE = "berth [COMMAND] [options]";
    static final String ALONE = "`berth` alone is `berth doctor`";
    static final String MORE = "berth help COMMAND says more, with examples.";

    /** What they mean unless a command says otherwise. */
    private static final List<String> EXITS = List.of(
            "2  bad usage or input",
            "3  not permitted",
            "4  not possible on this system",
            "70 internal error",
            "74 the output could not be written");

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
        page.note("berth " + PURPOSE + ".");
        page.note("");
        page.note("usage: " + USAGE + "      " + ALONE);
        page.note("");
        for (String name : Commands.NAMES) {
            page.entry(name, Commands.spec(name).summary());
        }
        page.note("");
        page.note(MORE);
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
            page.note(ListFilter.HEADING);
            ListFilter.MEANINGS.forEach(page::entry);
        }
        page.note("");
        page.note("examples");
        for (CommandSpec.Example example : spec.examples()) {
            page.entry(example.line(), example.meaning());
        }
        page.note("");
        page.note("exit codes");
        exits(spec).forEach(exit -> page.note("  " + exit));
    }

    /** In order: the command's own, each with the lines that go on below it, and the common ones that it does not have. */
    static List<String> exits(CommandSpec spec) {
        var byCode = new TreeMap<Integer, List<String>>();
        int code = 0;
        for (String line : spec.exits()) {
            code = line.startsWith(" ") ? code : code(line);
            byCode.computeIfAbsent(code, _ -> new ArrayList<>()).add(line);
        }
        EXITS.forEach(line -> byCode.putIfAbsent(code(line), List.of(line)));
        return byCode.values().stream().flatMap(List::stream).toList();
    }

    private static int code(String line) {
        return Integer.parseInt(line.split(" ", 2)[0]);
    }
}

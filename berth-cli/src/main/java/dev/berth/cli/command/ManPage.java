package dev.berth.cli.command;

import static dev.berth.cli.screen.Roff.bold;
import static dev.berth.cli.screen.Roff.italic;
import static dev.berth.cli.screen.Roff.plain;

import dev.berth.cli.screen.Roff;
import dev.berth.platform.Build;
import dev.berth.platform.HostTuning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manual page, of what the help is made of.
 *
 * @param command whose it is; null for the one of Berth
 */
record ManPage(@Nullable String command) {
    /** What each page begins with, by which Berth knows its own. */
    static final String COMMENT = "Written by berth man";

    private static final Map<String, String> FILES = files();
    private static final Map<String, String> ENVIRONMENT = environment();

    /** The one of Berth, then one for each command. */
    static List<ManPage> all() {
        var all = new ArrayList<ManPage>();
        all.add(new ManPage(null));
        Commands.NAMES.forEach(name -> all.add(new ManPage(name)));
        return all;
    }

    private static Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put(
                "/etc/berth/berth.yaml",
                "the policy that is made so at each start, where the service for it is enabled");
        files.put(HostTuning.OWN_FILE, "the settings that Berth has kept over restarts");
        files.put("/var/lib/berth/changes.jsonl", "the journal of what root has changed");
        files.put("/var/lib/berth/acts.jsonl", "the log of connections, services and processes that root has ended");
        files.put("~/.local/state/berth", "the folder of both for everybody else");
        return files;
    }

    private static Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("BERTH_STATE", "the folder of the journal and the log, instead of those above");
        environment.put("XDG_STATE_HOME", "the folder above theirs, for everybody but root");
        environment.put(
                "NO_COLOR", "where it is set to anything, nothing is coloured unless --color always asks for it");
        environment.put("TERM", "dumb: nothing is coloured either");
        environment.put("SUDO_USER", "who is written down beside root");
        environment.put("PATH", "where the programs are that Berth asks, such as nft and systemctl");
        return environment;
    }

    /** As the page is called: {@code berth}, {@code berth-why}. */
    String name() {
        return command == null ? "berth" : "berth-" + command;
    }

    /** In section 1. */
    String file() {
        return name() + ".1";
    }

    String text() {
        var roff = new Roff(COMMENT, name(), Build.here().version());
        if (command == null) {
            overview(roff);
        } else {
            of(roff, Commands.spec(command));
        }
        return roff.toString();
    }

    private void overview(Roff roff) {
        heading(roff, HelpCommand.PURPOSE, "berth", HelpCommand.USAGE.substring("berth ".length()));
        roff.section("DESCRIPTION");
        roff.line(plain("Berth " + HelpCommand.PURPOSE + ". " + HelpCommand.ALONE + "."));
        roff.line(plain(HelpCommand.MORE));
        roff.section("COMMANDS");
        for (String name : Commands.NAMES) {
            roff.entry(bold(name), Commands.spec(name).summary());
        }
        roff.section("OPTIONS");
        roff.line(plain("Most commands take these:"));
        Commands.common("doctor").forEach(option -> option(roff, option));
        roff.section("FILES");
        FILES.forEach((file, meaning) -> roff.entry(italic(file), meaning));
        roff.section("ENVIRONMENT");
        ENVIRONMENT.forEach((variable, meaning) -> roff.entry(bold(variable), meaning));
        roff.section("EXIT STATUS");
        roff.line(plain("That of `berth doctor`; of the others, each page tells."));
        exits(roff, HelpCommand.exits(Commands.spec("doctor")));
        roff.section("SEE ALSO");
        var others = new ArrayList<String>();
        Commands.NAMES.forEach(name -> others.add(reference("berth-" + name, 1)));
        others.addAll(List.of(reference("ss", 8), reference("sysctl.d", 5), reference("ip-netns", 8)));
        roff.line(String.join(", ", others));
    }

    private static void of(Roff roff, CommandSpec spec) {
        heading(roff, spec.summary(), "berth " + spec.name(), spec.operands() + " [options]");
        roff.section("OPTIONS");
        spec.allOptions().forEach(option -> option(roff, option));
        if (spec.name().equals("list")) {
            roff.section("FILTERS");
            roff.line(plain(ListFilter.HEADING + ":"));
            ListFilter.MEANINGS.forEach((filter, meaning) -> roff.entry(bold(filter), meaning));
        }
        roff.section("EXAMPLES");
        for (CommandSpec.Example example : spec.examples()) {
            roff.entry(bold(example.line()), example.meaning());
        }
        roff.section("EXIT STATUS");
        exits(roff, HelpCommand.exits(spec));
        roff.section("SEE ALSO");
        roff.line(reference("berth", 1));
    }

    private static void heading(Roff roff, String summary, String typed, String operands) {
        roff.section("NAME");
        roff.line(plain(typed.replace(' ', '-')) + " \\- " + plain(summary));
        roff.section("SYNOPSIS");
        roff.line(bold(typed) + " " + italic(operands.strip()));
    }

    private static void option(Roff roff, OptionSpec option) {
        String letter = option.letter() == null ? "" : bold("-" + option.letter()) + ", ";
        String value = option.value() == null ? "" : " " + italic(option.value());
        roff.entry(letter + bold("--" + option.name()) + value, option.description());
    }

    /** Each code with its meaning, of lines of which some go on in the next. */
    private static void exits(Roff roff, List<String> lines) {
        var meanings = new LinkedHashMap<String, String>();
        String code = "";
        for (String line : lines) {
            if (!line.startsWith(" ")) {
                code = line.substring(0, line.indexOf(' '));
            }
            meanings.merge(
                    code,
                    line.substring(line.startsWith(" ") ? 0 : code.length()).strip(),
                    (a, b) -> a + " " + b);
        }
        meanings.forEach((number, meaning) -> roff.entry(bold(number), meaning));
    }

    private static String reference(String page, int section) {
        return bold(page) + "(" + section + ")";
    }
}

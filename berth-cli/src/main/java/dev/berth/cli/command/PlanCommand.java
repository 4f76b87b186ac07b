package dev.berth.cli.command;

import dev.berth.cli.screen.ChangeScreen;
import dev.berth.diagnosis.Nearest;
import dev.berth.platform.Build;
import dev.berth.platform.HostReadException;
import dev.berth.platform.file.UnfinishedFile;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Plans what another command would do, and changes nothing. */
final class PlanCommand implements Command {
    private static final String OUTPUT = "output";

    /** The commands that can be planned. */
    static final List<String> COMMANDS = List.of("reserve", "unreserve", "range", "reuse", "registry", "fix", "ensure");

    /** What says how a change is carried out, or asks for something else than one. */
    private static final Set<String> LEFT_OUT =
            Set.of("dry-run", "yes", "confirm-within", ReserveCommand.FREE, EnsureCommand.CHECK, EnsureCommand.RENDER);

    static CommandSpec spec() {
        return new CommandSpec(
                "plan",
                "what a change would do, shown or written into a file for `berth apply`",
                "COMMAND…",
                1,
                CommandSpec.ANY_NUMBER,
                COMMANDS,
                options(),
                List.of(
                        new CommandSpec.Example("berth plan reserve 1433 --persist", "show it"),
                        new CommandSpec.Example(
                                "berth plan range set 10240-65535 -o wide.plan", "write it down, to be applied later"),
                        new CommandSpec.Example("berth plan ensure berth.yaml", "what a policy would change"),
                        new CommandSpec.Example("berth plan fix widen-range --json", "for a program")),
                List.of("0  nothing would be changed", "1  something would"));
    }

    /**
     * Its own, then those of the commands that it plans, which take none that says how a change is carried out. Of several with one
     * name the first stands for all; what a command takes is asked once more when that command is parsed. One with few values means
     * by default what it does for the command that is planned.
     */
    private static List<OptionSpec> options() {
        var options = new ArrayList<OptionSpec>();
        options.add(new OptionSpec(OUTPUT, "o", "FILE", "write the plan into a new file", List.of()));
        for (String name : COMMANDS) {
            for (OptionSpec option : Commands.spec(name).options()) {
                boolean there = options.stream().anyMatch(its -> its.name().equals(option.name()));
                if (!there && !LEFT_OUT.contains(option.name())) {
                    options.add(
                            option.choices().isEmpty()
                                    ? option
                                    : option.described("as for the command that is planned"));
                }
            }
        }
        return options;
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        Arguments planned = planned(arguments);
        Path file = arguments.has(OUTPUT) ? NewFile.of(arguments, OUTPUT) : null;
        if (!(Commands.named(planned.spec().name()) instanceof Plannable command)) {
            throw new IllegalStateException(planned.spec().name() + " is no change");
        }
        var run = new ChangeRun(planned, console);
        Plan plan = run.plan(command.planner(planned, console));
        var document = new PlanFile(
                plan,
                planned.typed(),
                InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS),
                Actor.here(console.environment(), Build.here().toString()),
                run.host().facts().hostName(),
                run.host().settings().foreign() != null,
                run.gaps());
        if (file != null) {
            write(file, document);
        }
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                document.write(out);
            }
        } else {
            ChangeScreen.plan(console.page(), plan, ChangeScreen.IDLE, List.of(), Instant.EPOCH); // nothing is pending
            if (file != null) {
                console.page()
                        .note("Written into " + file + "."
                                + (plan.steps().isEmpty() ? "" : " To carry it out: " + apply(file, arguments)));
            }
        }
        return plan.steps().isEmpty() ? ExitCode.OK : ExitCode.PROBLEM;
    }

    private static String apply(Path file, Arguments arguments) {
        String netns = arguments.value("netns");
        return "berth apply " + file + (netns == null ? "" : " --netns " + netns);
    }

    /** The command line that is planned: all words but the option that is {@code plan}'s own. */
    private static Arguments planned(Arguments arguments) throws UsageException {
        String name = arguments.operands().getFirst();
        if (!COMMANDS.contains(name)) {
            String nearest = Nearest.to(name, COMMANDS);
            throw Arguments.usage(
                    arguments.spec(),
                    "'" + name + "' cannot be planned",
                    nearest == null
                            ? "what can be is " + String.join(", ", COMMANDS)
                            : "did you mean " + nearest + "?");
        }
        var words = new ArrayList<String>();
        boolean named = false;
        for (Iterator<String> all = arguments.words().iterator(); all.hasNext(); ) {
            String word = all.next();
            if (word.equals("-o") || word.equals("--" + OUTPUT)) {
                all.next(); // its value, or parsing would have failed
            } else if (!named && word.equals(name)) {
                named = true;
            } else if (!word.startsWith("-o") && !word.startsWith("--" + OUTPUT + "=")) {
                words.add(word);
            }
        }
        return Arguments.parse(Commands.spec(name), words.toArray(String[]::new));
    }

    private static void write(Path file, PlanFile document) throws NotDoneException {
        try (var unfinished = UnfinishedFile.create(file)) {
            try (var out = new BufferedOutputStream(unfinished.out())) {
                document.writeFolded(out);
            }
            unfinished.finish();
        } catch (IOException e) {
            throw NewFile.notWritten(file, e, ExitCode.OUTPUT_FAILED);
        }
    }
}

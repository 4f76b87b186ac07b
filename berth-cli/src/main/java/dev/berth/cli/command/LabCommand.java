package dev.berth.cli.command;

import dev.berth.cli.json.LabJson;
import dev.berth.cli.screen.LabScreen;
import dev.berth.diagnosis.Nearest;
import dev.berth.lab.Lab;
import dev.berth.lab.LabException;
import dev.berth.lab.Narrator;
import dev.berth.lab.Outcome;
import dev.berth.lab.Scenario;
import dev.berth.lab.Scenarios;
import dev.berth.lab.Told;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class LabCommand implements Command {
    private static final List<OptionSpec> OPTIONS = List.of(
            OptionSpec.flag("keep", "leave the namespaces and what runs there, and say how to enter them"),
            OptionSpec.flag("quick", "the same with fewer connections; bench: only to see that it runs"),
            OptionSpec.value("transcript", "FILE", "write it down as Markdown, pictures beside it; it must not exist"));

    static CommandSpec spec() {
        return new CommandSpec(
                "lab",
                "a failure and its cure, staged on this kernel in private namespaces",
                "[SCENARIO|" + LabBench.NAME + "]",
                0,
                1,
                Stream.concat(names().stream(), Stream.of(LabBench.NAME)).toList(),
                Stream.concat(OPTIONS.stream(), LabBench.OPTIONS.stream()).toList(),
                List.of(
                        new CommandSpec.Example("berth lab", "which scenarios are there, and what do they need?"),
                        new CommandSpec.Example("berth lab self-connect", "see one, harmlessly"),
                        new CommandSpec.Example("berth lab self-connect --keep", "and look around afterwards"),
                        new CommandSpec.Example(
                                "berth lab self-connect --transcript self-connect.md", "to read it later"),
                        new CommandSpec.Example("berth lab bench --scene quiet", "how fast is a start?")),
                List.of(
                        "0  the failure came, and each remedy did what it is said to do",
                        "1  something did not go as told; with bench --check, a budget is missed",
                        "4  this machine lacks something: nothing was staged, or a part left out"));
    }

    private static List<String> names() {
        return Scenarios.ALL.stream().map(Scenario::name).toList();
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, NotDoneException, IOException {
        boolean bench = arguments.operands().contains(LabBench.NAME);
        for (OptionSpec option : LabBench.OPTIONS) {
            if (arguments.has(option.name()) && !bench) {
                throw Arguments.usage(
                        arguments.spec(), "--" + option.name() + " goes with bench only", "no scenario takes it");
            }
        }
        if (bench) {
            return LabBench.run(arguments, console);
        }
        if (!arguments.operands().isEmpty()) {
            return play(scenario(arguments.operands().getFirst()), arguments, console);
        }
        for (OptionSpec option : arguments.spec().options()) {
            if (arguments.has(option.name())) {
                throw Arguments.usage(
                        arguments.spec(), "--" + option.name() + " needs a scenario", "berth lab alone lists them");
            }
        }
        list(console);
        return ExitCode.OK;
    }

    private static Scenario scenario(String name) throws UsageException {
        Scenario scenario = Scenarios.named(name);
        if (scenario != null) {
            return scenario;
        }
        String nearest = Nearest.to(name.toLowerCase(Locale.ROOT), names());
        throw new UsageException(
                "'" + name + "' is not a scenario",
                nearest == null ? "the scenarios are " + String.join(", ", names()) : "did you mean " + nearest + "?",
                "berth lab");
    }

    private static void list(Console console) throws IOException {
        String obstacle = obstacle();
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                LabJson.list(out, Scenarios.ALL, obstacle);
            }
        } else {
            new LabScreen(console.page()).list(Scenarios.ALL, obstacle);
        }
    }

    /** Why none can be staged here, and what to do about it. */
    private static @Nullable String obstacle() throws IOException {
        try {
            Lab.probe();
            return null;
        } catch (LabException e) {
            return e.why() + "; " + e.next();
        }
    }

    private static int play(Scenario scenario, Arguments arguments, Console console)
            throws UsageException, NotDoneException, IOException {
        var lab = new Lab(OwnCommand.words(), arguments.has("keep"), arguments.has("quick"));
        try (var transcript = arguments.has("transcript") ? new LabTranscript(arguments, scenario) : null;
                var interruption = new LabInterruption(console, transcript != null)) {
            var screen = console.json() ? null : new LabScreen(console.page());
            var told = new ArrayList<Told>();
            play(lab, scenario, one -> {
                told.add(one);
                if (transcript != null) {
                    transcript.tell(one);
                }
                if (one instanceof Told.Kept kept) {
                    interruption.over();
                    console.done("all of it goes on; to end it: " + String.join(" ", kept.end()));
                }
                if (screen != null) {
                    screen.tell(one);
                    console.flush();
                }
            });
            Outcome outcome = Outcome.of(told);
            if (screen != null) {
                screen.end(outcome);
                console.flush(); // whatever becomes of the transcript, how to end what was kept is said
            } else {
                try (OutputStream out = console.bytes()) {
                    LabJson.played(out, scenario, told);
                }
            }
            List<Path> files = transcript == null ? List.of() : transcript.finish(outcome);
            if (screen != null) {
                files.forEach(file -> console.page().note("written: " + file));
            }
            return outcome.exitCode();
        }
    }

    private static void play(Lab lab, Scenario scenario, Narrator narrator) throws NotDoneException, IOException {
        try {
            lab.play(scenario, narrator);
        } catch (LabException e) {
            throw notDone(e);
        } catch (InterruptedException e) {
            throw interrupted(scenario.name());
        }
    }

    static NotDoneException notDone(LabException e) {
        int code = e.kind() == LabException.Kind.NOT_POSSIBLE ? ExitCode.NOT_POSSIBLE : ExitCode.PROBLEM;
        return new NotDoneException(code, String.valueOf(e.getMessage()), e.why(), e.next());
    }

    static NotDoneException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new NotDoneException(ExitCode.PROBLEM, what + " was interrupted", "this thread was", "run it again");
    }
}

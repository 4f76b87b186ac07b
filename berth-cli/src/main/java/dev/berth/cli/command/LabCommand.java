package dev.berth.cli.command;

import dev.berth.cli.json.LabJson;
import dev.berth.cli.screen.LabScreen;
import dev.berth.diagnosis.Nearest;
import dev.berth.lab.Lab;
import dev.berth.lab.LabException;
import dev.berth.lab.Narrator;
import dev.berth.lab.Scenario;
import dev.berth.lab.Scenarios;
import dev.berth.lab.Told;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

final class LabCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "lab",
                "a failure and its cure, staged on this kernel in private namespaces",
                "[SCENARIO|" + LabBench.NAME + "]",
                0,
                1,
                Stream.concat(Scenarios.ALL.stream().map(Scenario::name), Stream.of(LabBench.NAME))
                        .toList(),
                Stream.concat(
                                Stream.of(
                                        OptionSpec.flag(
                                                "keep",
                                                "leave the namespaces and what runs there, and say how to enter them"),
                                        OptionSpec.flag("quick", "the same with fewer connections")),
                                LabBench.OPTIONS.stream())
                        .toList(),
                List.of(
                        new CommandSpec.Example("berth lab", "which scenarios are there?"),
                        new CommandSpec.Example("berth lab self-connect", "see one, harmlessly"),
                        new CommandSpec.Example("berth lab bench --scene quiet", "how fast is a start?")),
                List.of(
                        "0  the failure came, and each remedy did what it is said to do",
                        "1  something did not go as told; with bench --check, a budget is missed",
                        "4  this machine lacks what it takes; nothing was staged"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, NotDoneException, IOException {
        for (OptionSpec option : LabBench.OPTIONS) {
            if (arguments.has(option.name()) && !arguments.operands().equals(List.of(LabBench.NAME))) {
                throw Arguments.usage(
                        arguments.spec(), "--" + option.name() + " is of no scenario", "it goes with berth lab bench");
            }
        }
        if (arguments.operands().isEmpty()) {
            list(console);
            return ExitCode.OK;
        }
        if (arguments.operands().getFirst().equals(LabBench.NAME)) {
            return LabBench.run(arguments, console);
        }
        Scenario scenario = scenario(arguments.operands().getFirst());
        var lab = new Lab(OwnCommand.words(), arguments.has("keep"), arguments.has("quick"));
        var told = new ArrayList<Told>();
        Narrator narrator = one -> {
            told.add(one);
            if (!console.json()) {
                LabScreen.print(console.page(), one);
                console.flush();
            }
        };
        boolean held = play(lab, scenario, narrator);
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                LabJson.write(out, scenario, told, held);
            }
        }
        return held ? ExitCode.OK : ExitCode.PROBLEM;
    }

    private static Scenario scenario(String name) throws UsageException {
        Scenario scenario = Scenarios.named(name);
        if (scenario != null) {
            return scenario;
        }
        List<String> names = Scenarios.ALL.stream().map(Scenario::name).toList();
        String nearest = Nearest.to(name, names);
        throw new UsageException(
                "'" + name + "' is not a scenario",
                nearest == null ? "the scenarios are " + String.join(", ", names) : "did you mean " + nearest + "?",
                "berth lab");
    }

    private static boolean play(Lab lab, Scenario scenario, Narrator narrator) throws NotDoneException, IOException {
        try {
            return lab.play(scenario, narrator);
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

    private static void list(Console console) throws IOException {
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                LabJson.list(out, Scenarios.ALL);
            }
        } else {
            LabScreen.list(console.page(), Scenarios.ALL);
        }
    }
}

package dev.berth.cli.command;

import dev.berth.cli.json.BenchJson;
import dev.berth.cli.screen.BenchScreen;
import dev.berth.diagnosis.Nearest;
import dev.berth.lab.LabException;
import dev.berth.lab.bench.Bench;
import dev.berth.lab.bench.BenchPage;
import dev.berth.lab.bench.BenchResult;
import dev.berth.lab.bench.Comparison.Verdict;
import dev.berth.lab.bench.SceneResult;
import dev.berth.lab.bench.Scenes;
import dev.berth.lab.bench.Skipped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code berth lab bench}: Berth beside the tools people use. */
final class LabBench {
    static final String NAME = "bench";

    /** Those that no scenario takes. */
    static final List<OptionSpec> OPTIONS = List.of(
            OptionSpec.value("scene", "NAME,…", "bench: only these, of " + String.join(", ", Scenes.names())),
            OptionSpec.value("rounds", "N", "bench: run every command N times, 7 unless given"),
            OptionSpec.flag("check", "bench: exit 1 when a budget is missed by more than noise"),
            OptionSpec.value("write", "FILE", "bench: put tables and plots into this page, between its markers"),
            OptionSpec.value("oshi", "CLASSPATH", "bench: OSHI and what it needs, to be timed too"));

    private static final int ROUNDS = 7;
    private static final int MOST_ROUNDS = 1_000;

    private LabBench() {}

    static int run(Arguments arguments, Console console) throws UsageException, NotDoneException, IOException {
        refuse(arguments, arguments.has("keep"), "--keep goes with a scenario only", "bench leaves nothing to enter");
        refuse(
                arguments,
                arguments.has("transcript"),
                "--transcript goes with a scenario only",
                "bench writes its tables into a page with --write");
        refuse(
                arguments,
                arguments.has("quick") && arguments.has("check"),
                "--quick has no budgets to check",
                "it is there to see that the bench runs");
        refuse(
                arguments,
                arguments.has("scene") && arguments.has("write") && !arguments.has("quick"),
                "--scene and --write do not go together",
                "the page has the tables of all scenes, and those of the others would be lost");
        BenchPage page = page(arguments);
        boolean quick = arguments.has("quick");
        int rounds = rounds(arguments, quick ? 1 : ROUNDS);
        var bench = new Bench(OwnCommand.berth(), scenes(arguments), rounds, quick, arguments.value("oshi"));
        BenchResult result = run(bench, console);
        boolean check = arguments.has("check");
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                BenchJson.write(out, result);
            }
        } else {
            BenchScreen.end(console.page(), result);
            if (check) {
                BenchScreen.check(console.page(), result);
            }
            BenchScreen.leftOut(console.page(), result.leftOut());
            console.flush();
        }
        if (page != null) {
            page.write(result);
        }
        if (check && has(result, Verdict.MISSED)) {
            return ExitCode.PROBLEM;
        }
        boolean incomplete = !result.leftOut().isEmpty() || check && has(result, Verdict.DISTURBED);
        return incomplete ? ExitCode.NOT_POSSIBLE : ExitCode.OK;
    }

    private static boolean has(BenchResult result, Verdict verdict) {
        return result.comparisons().anyMatch(one -> one.verdict() == verdict);
    }

    private static void refuse(Arguments arguments, boolean wrong, String what, String why) throws UsageException {
        if (wrong) {
            throw Arguments.usage(arguments.spec(), what, why);
        }
    }

    private static @Nullable BenchPage page(Arguments arguments) throws UsageException {
        String file = arguments.value("write");
        if (file == null) {
            return null;
        }
        try {
            return BenchPage.open(Path.of(file));
        } catch (IOException e) {
            throw Arguments.usage(
                    arguments.spec(), "cannot write the tables to " + file, String.valueOf(e.getMessage()));
        }
    }

    private static int rounds(Arguments arguments, int otherwise) throws UsageException {
        String text = arguments.value("rounds");
        if (text == null) {
            return otherwise;
        }
        int rounds = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        refuse(
                arguments,
                rounds < 1 || rounds > MOST_ROUNDS,
                "--rounds " + text + " is no number of rounds",
                "it takes a whole number from 1 to " + MOST_ROUNDS);
        return rounds;
    }

    private static List<String> scenes(Arguments arguments) throws UsageException {
        String text = arguments.value("scene");
        if (text == null) {
            return Scenes.names();
        }
        var scenes = new ArrayList<String>();
        for (String name : text.split(",", -1)) {
            List<String> named = Scenes.named(name);
            if (named.isEmpty()) {
                String nearest = Nearest.to(name, Scenes.names());
                throw Arguments.usage(
                        arguments.spec(),
                        "'" + name + "' is not a scene of the bench",
                        nearest == null
                                ? "the scenes are " + String.join(", ", Scenes.names())
                                : "did you mean " + nearest + "?");
            }
            scenes.addAll(named);
        }
        return scenes;
    }

    private static BenchResult run(Bench bench, Console console) throws NotDoneException, IOException {
        var listener = new Bench.Listener() {
            @Override
            public void begins(String scene) throws IOException {
                console.warn("measuring " + scene + " ...");
            }

            @Override
            public void measured(SceneResult scene) throws IOException {
                if (!console.json()) {
                    BenchScreen.print(console.page(), scene);
                    console.flush();
                }
            }

            @Override
            public void failed(Skipped scene) throws IOException {
                if (console.json()) {
                    console.warn(scene.name() + " is left out: " + scene.why());
                } else {
                    BenchScreen.failed(console.page(), scene);
                    console.flush();
                }
            }
        };
        try {
            return bench.run(listener);
        } catch (LabException e) {
            throw LabCommand.notDone(e);
        } catch (InterruptedException e) {
            throw LabCommand.interrupted(NAME);
        }
    }
}

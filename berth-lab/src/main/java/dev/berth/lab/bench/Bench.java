package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import dev.berth.lab.LabException.Kind;
import dev.berth.lab.ground.Ground;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Times Berth beside the tools people use.
 *
 * @param scenes their names, of {@link Scenes#names()}
 * @param quick whether with a few sockets, and no run repeated: to see that it runs
 * @param oshi the class path of OSHI; null to look for it
 */
public record Bench(
        Berth berth,
        List<String> scenes,
        int rounds,
        boolean quick,
        @Nullable String oshi) {
    private static final String LIMIT = "Max open files";

    /** Whoever is told how far it is. */
    public interface Listener {
        void begins(String scene) throws IOException;

        void measured(SceneResult scene) throws IOException;
    }

    /**
     * @throws LabException {@link Kind#NOT_POSSIBLE} before anything was measured where the machine lacks what a scene takes
     */
    public BenchResult run(Listener listener) throws LabException, IOException, InterruptedException {
        List<Scene> wanted = Scenes.ALL.stream()
                .filter(scene -> scenes.contains(scene.name()))
                .toList();
        Map<String, String> versions;
        try (Ground ground = Ground.open(berth.words(), false)) {
            versions = Versions.on(ground.machine());
        }
        checkFiles(wanted);
        var results = new ArrayList<SceneResult>();
        try (Tools tools = Tools.make(berth, oshi)) {
            for (Scene scene : wanted) {
                listener.begins(scene.name());
                SceneResult result = measure(scene, tools);
                results.add(result);
                listener.measured(result);
            }
        }
        if (scenes.contains(Scenes.CLIENT)) {
            listener.begins(Scenes.CLIENT);
            SceneResult result = ConnectScene.measure(berth, quick);
            results.add(result);
            listener.measured(result);
        }
        List<String> leftOut =
                Scenes.names().stream().filter(name -> !scenes.contains(name)).toList();
        return new BenchResult(rounds, quick, versions, results, leftOut);
    }

    private void checkFiles(List<Scene> wanted) throws LabException, IOException {
        long allowed = allowedFiles();
        for (Scene scene : wanted) {
            int needed = population(scene).files();
            if (needed > allowed) {
                throw new LabException(
                        Kind.NOT_POSSIBLE,
                        "cannot make the sockets of " + scene.name(),
                        String.format("a process may have %,d files open here, and %,d are needed", allowed, needed),
                        "raise the hard limit (ulimit -Hn), or measure other scenes: --scene NAME,NAME");
            }
        }
    }

    /** The hard limit of this process, which those that it starts have too. */
    private static long allowedFiles() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith(LIMIT)) {
                String hard = line.substring(LIMIT.length()).strip().split("\\s+", 3)[1];
                return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
            }
        }
        throw new IOException("/proc/self/limits has no line " + LIMIT);
    }

    private Population population(Scene scene) {
        return quick ? scene.quickly() : scene.population();
    }

    private SceneResult measure(Scene scene, Tools tools) throws LabException, IOException, InterruptedException {
        LineUp lineUp = scene.lineUp().make(tools);
        var here = new ArrayList<Contender>();
        var skipped = new ArrayList<Skipped>();
        for (Contender contender : lineUp.contenders()) {
            if (contender.need() == null || contender.need().isHere()) {
                here.add(contender);
            } else {
                skipped.add(new Skipped(
                        contender.name(),
                        contender.need().what() + " is not here: "
                                + contender.need().next()));
            }
        }
        try (var populated = new Populated(population(scene), tools, berth)) {
            var measured = new Rounds(populated, quick);
            List<Series> series = measured.measure(here, rounds);
            skipped.addAll(measured.failed());
            Comparisons comparisons = Comparisons.of(scene.name(), lineUp.pairs(), series);
            return new SceneResult.Commands(
                    scene.name(),
                    population(scene).title(),
                    population(scene).count(),
                    series,
                    skipped,
                    comparisons.measured(),
                    comparisons.unchecked());
        }
    }
}

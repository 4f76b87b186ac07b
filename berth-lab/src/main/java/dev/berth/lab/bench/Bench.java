package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.ground.Ground;
import java.io.IOException;
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
    /** Whoever is told how far it is. */
    public interface Listener {
        void begins(String scene) throws IOException;

        void measured(SceneResult scene) throws IOException;
    }

    /**
     * @throws LabException {@link LabException.Kind#NOT_POSSIBLE} before anything was measured where the machine lacks what a scene takes
     */
    public BenchResult run(Listener listener) throws LabException, IOException, InterruptedException {
        List<Scene> wanted = Scenes.ALL.stream()
                .filter(scene -> scenes.contains(scene.name()))
                .toList();
        Map<String, String> versions;
        try (Ground ground = Ground.open(berth.words())) {
            versions = Versions.on(ground.machine());
        }
        for (Scene scene : wanted) {
            Need.requireAll(
                    "cannot make the sockets of " + scene.name(),
                    List.of(Need.files(population(scene).files())));
        }
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

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

        /** It is left out, and the next one begins. */
        void failed(Skipped scene) throws IOException;
    }

    /**
     * @throws LabException {@link LabException.Kind#NOT_POSSIBLE} before anything was measured where the machine lacks what a scene takes
     */
    public BenchResult run(Listener listener) throws LabException, IOException, InterruptedException {
        List<Scene> wanted = Scenes.ALL.stream()
                .filter(scene -> scenes.contains(scene.name()))
                .toList();
        for (Scene scene : wanted) {
            needFiles(scene.name(), population(scene).files());
        }
        if (scenes.contains(Scenes.CLIENT)) {
            needFiles(Scenes.CLIENT, ConnectScene.files(quick));
        }
        Map<String, String> versions;
        try (Ground ground = Ground.open(berth.words())) {
            versions = Versions.on(ground.machine());
        }
        var all = new All(listener);
        if (!wanted.isEmpty()) {
            try (Tools tools = Tools.make(berth, oshi)) {
                versions.putAll(tools.versions());
                for (Scene scene : wanted) {
                    all.add(scene.name(), () -> measure(scene, tools));
                }
            }
        }
        if (scenes.contains(Scenes.CLIENT)) {
            all.add(Scenes.CLIENT, () -> ConnectScene.measure(berth, quick));
        }
        List<String> notAsked =
                Scenes.names().stream().filter(name -> !scenes.contains(name)).toList();
        return new BenchResult(rounds, quick, versions, all.measured, all.failed, notAsked);
    }

    private static void needFiles(String scene, int files) throws LabException {
        Need.requireAll("cannot make the sockets of " + scene, List.of(Need.files(files)));
    }

    /** What came of the scenes; one that fails takes no other with it. */
    private static final class All {
        final Listener listener;
        final List<SceneResult> measured = new ArrayList<>();
        final List<Skipped> failed = new ArrayList<>();

        All(Listener listener) {
            this.listener = listener;
        }

        void add(String name, Measuring measuring) throws IOException, InterruptedException {
            listener.begins(name);
            SceneResult result;
            try {
                result = measuring.measure();
            } catch (LabException e) {
                var skipped = new Skipped(name, e.getMessage() + ": " + e.why());
                failed.add(skipped);
                listener.failed(skipped);
                return;
            }
            measured.add(result);
            listener.measured(result);
        }
    }

    private interface Measuring {
        SceneResult measure() throws LabException, IOException, InterruptedException;
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
            Comparisons comparisons = Comparisons.of(scene.name(), lineUp.pairs(), series, quick);
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

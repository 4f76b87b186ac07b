package dev.berth.lab.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param rounds of each scene
 * @param quick whether it was only to see that it runs
 * @param versions of what was timed, by name
 * @param leftOut scenes that were not asked for
 */
public record BenchResult(
        int rounds, boolean quick, Map<String, String> versions, List<SceneResult> scenes, List<String> leftOut) {
    public Stream<Comparison> comparisons() {
        return scenes.stream().flatMap(scene -> scene.comparisons().stream());
    }

    public Stream<Unchecked> unchecked() {
        Stream<Unchecked> notAsked = leftOut.stream()
                .filter(scene -> scene.equals(Scenes.CLIENT) || Budgets.scenes().contains(scene))
                .map(scene -> new Unchecked(scene, "all of it", "the scene was not asked for"));
        return Stream.concat(scenes.stream().flatMap(scene -> scene.unchecked().stream()), notAsked);
    }

    /** How many of the runs that count others disturbed. */
    public int disturbed() {
        return series().mapToInt(Series::disturbed).sum();
    }

    public int runs() {
        return series().mapToInt(Series::runs).sum();
    }

    /** How many runs were thrown away and repeated. */
    public int repeated() {
        return series().mapToInt(Series::repeated).sum();
    }

    private Stream<Series> series() {
        return scenes.stream()
                .filter(SceneResult.Commands.class::isInstance)
                .flatMap(scene -> ((SceneResult.Commands) scene).series().stream());
    }
}

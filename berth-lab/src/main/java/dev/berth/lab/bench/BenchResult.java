package dev.berth.lab.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param rounds of each scene
 * @param quick whether it was only to see that it runs
 * @param versions of what was timed, by name
 * @param failed scenes that could not be measured
 * @param notAsked scenes that were not asked for
 */
public record BenchResult(
        int rounds,
        boolean quick,
        Map<String, String> versions,
        List<SceneResult> scenes,
        List<Skipped> failed,
        List<String> notAsked) {
    public Stream<Comparison> comparisons() {
        return scenes.stream().flatMap(scene -> scene.comparisons().stream());
    }

    public Stream<Unchecked> unchecked() {
        Stream<Unchecked> unwanted = notAsked.stream()
                .filter(scene -> scene.equals(Scenes.CLIENT) || Budgets.scenes().contains(scene))
                .map(scene -> new Unchecked(scene, "all of it", "the scene was not asked for"));
        Stream<Unchecked> lost = failed.stream().map(one -> new Unchecked(one.name(), "all of it", one.why()));
        return Stream.of(
                        scenes.stream().flatMap(scene -> scene.unchecked().stream()),
                        lost,
                        unwanted,
                        Budgets.ELSEWHERE.stream())
                .flatMap(Function.identity());
    }

    /** What was asked for and could not be measured: scenes, and commands of others. */
    public List<String> leftOut() {
        Stream<String> commands = scenes.stream()
                .filter(SceneResult.Commands.class::isInstance)
                .map(SceneResult.Commands.class::cast)
                .flatMap(scene -> scene.skipped().stream().map(one -> one.name() + " in " + scene.name()));
        return Stream.concat(failed.stream().map(Skipped::name), commands).toList();
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

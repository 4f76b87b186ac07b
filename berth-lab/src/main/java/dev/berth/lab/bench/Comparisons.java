package dev.berth.lab.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of one scene that can be compared, and the budgets of which nothing can be said. */
record Comparisons(List<Comparison> measured, List<Unchecked> unchecked) {
    /**
     * @param pairs what is compared besides that for which there is a budget
     * @param quick whether the numbers say nothing, and are held to no budget
     */
    static Comparisons of(String scene, List<Pair> pairs, List<Series> series, boolean quick) {
        var measured = new ArrayList<Comparison>();
        var unchecked = new ArrayList<Unchecked>();
        Map<String, Series> byName = new HashMap<>();
        series.forEach(one -> byName.put(one.contender().name(), one));
        for (Pair pair : pairs) {
            Series top = byName.get(pair.top());
            Series bottom = byName.get(pair.bottom());
            if (top != null && bottom != null) {
                measured.add(ratio(scene, pair, top, bottom, quick));
            } else if (Budgets.of(scene, pair) != null) {
                unchecked.add(new Unchecked(
                        scene, pair.toString(), (top == null ? pair.top() : pair.bottom()) + " was not timed"));
            }
        }
        for (Series one : series) {
            Budget budget = Budgets.peaks(scene).get(one.contender().name());
            if (budget != null) {
                measured.add(peak(scene, one, quick ? null : budget));
            }
        }
        return new Comparisons(measured, unchecked);
    }

    private static Comparison ratio(String scene, Pair pair, Series top, Series bottom, boolean quick) {
        Spread byRound = Spread.of(top.rounds().entrySet().stream()
                .filter(round -> bottom.rounds().containsKey(round.getKey()))
                .mapToDouble(round -> (double) round.getValue().wallNanos() / bottom.wallNanos(round.getKey())));
        return new Comparison(
                scene,
                pair.toString(),
                Comparison.Unit.RATIO,
                top.wallMillis().median() / bottom.wallMillis().median(),
                byRound.min(),
                byRound.max(),
                quick ? null : Budgets.of(scene, pair),
                isMostlyDisturbed(top) || isMostlyDisturbed(bottom));
    }

    private static boolean isMostlyDisturbed(Series series) {
        return 2 * series.disturbed() >= series.runs();
    }

    private static Comparison peak(String scene, Series series, @Nullable Budget budget) {
        Spread peak = series.peakMebibytes();
        return new Comparison(
                scene,
                series.contender().name() + ", peak memory",
                Comparison.Unit.MEBIBYTES,
                peak.median(),
                peak.min(),
                peak.max(),
                budget,
                false); // nobody else makes a process larger
    }
}

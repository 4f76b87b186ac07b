package dev.berth.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Need;
import dev.berth.lab.bench.Comparison.Unit;
import dev.berth.lab.bench.Comparison.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
    private static final Pair PAIR = new Pair("berth doctor --no-owners", "ss -tan");

    private static Series series(String name, int... wallMillis) {
        var series = new Series(new Contender(name, Contender.Kind.PEER, List.of(), null));
        for (int round = 0; round < wallMillis.length; round++) {
            series.add(round, new Sample(wallMillis[round] * 1_000_000L, 0, 45 * 1024, 0, 0));
        }
        return series;
    }

    @Test
    void a_ratio_is_of_the_medians_and_tells_those_of_single_rounds() {
        Comparisons comparisons = Comparisons.of(
                "time-wait-500k",
                List.of(PAIR),
                List.of(series(PAIR.top(), 40, 50, 90), series(PAIR.bottom(), 100, 200, 100)),
                false);
        assertThat(comparisons.measured())
                .containsExactly(
                        new Comparison(
                                "time-wait-500k",
                                "berth doctor --no-owners ÷ ss -tan",
                                Unit.RATIO,
                                0.5,
                                0.25,
                                0.9,
                                Budget.atMost(0.45, 0.3),
                                false),
                        new Comparison(
                                "time-wait-500k",
                                "berth doctor --no-owners, peak memory",
                                Unit.MEBIBYTES,
                                45,
                                45,
                                45,
                                Budget.atMost(48, 40),
                                false));
        assertThat(comparisons.measured())
                .extracting(Comparison::verdict)
                .containsExactly(Verdict.MISSED_BY_NOISE, Verdict.MET);
    }

    @Test
    void a_command_that_ran_in_fewer_rounds_is_compared_in_those() {
        Comparisons comparisons = Comparisons.of(
                "other", List.of(PAIR), List.of(series(PAIR.top(), 10, 20, 30), series(PAIR.bottom(), 10)), false);
        assertThat(comparisons.measured().getFirst())
                .isEqualTo(new Comparison("other", PAIR.toString(), Unit.RATIO, 2, 1, 1, null, false));
    }

    @Test
    void a_budget_whose_peer_was_not_timed_is_not_checked_and_one_without_a_budget_is_no_loss() {
        List<Series> berth = List.of(series(PAIR.top(), 1));
        assertThat(Comparisons.of("time-wait-500k", List.of(PAIR), berth, false).unchecked())
                .containsExactly(new Unchecked("time-wait-500k", PAIR.toString(), "ss -tan was not timed"));
        assertThat(Comparisons.of("other", List.of(PAIR), berth, false).unchecked())
                .isEmpty();
    }

    @Test
    void a_miss_within_a_quarter_may_be_noise_on_either_side() {
        assertThat(Stream.of(1.0, 2.0, 2.4, 2.6).map(measured -> verdict(Budget.atMost(2, 1), measured)))
                .containsExactly(Verdict.STRETCH_MET, Verdict.MET, Verdict.MISSED_BY_NOISE, Verdict.MISSED);
        assertThat(Stream.of(31.0, 20.0, 17.0, 15.0).map(measured -> verdict(new Budget(20, 30, false), measured)))
                .containsExactly(Verdict.STRETCH_MET, Verdict.MET, Verdict.MISSED_BY_NOISE, Verdict.MISSED);
    }

    private static Verdict verdict(Budget budget, double measured) {
        return new Comparison("scene", "what", Unit.RATIO, measured, measured, measured, budget, false).verdict();
    }

    @Test
    void no_verdict_is_given_on_a_quick_run_nor_on_runs_that_others_disturbed() {
        List<Series> quiet = List.of(series(PAIR.top(), 1), series(PAIR.bottom(), 1));
        assertThat(Comparisons.of("time-wait-500k", List.of(PAIR), quiet, true).measured())
                .allMatch(one -> one.verdict() == Verdict.NO_BUDGET);
        Series disturbed = series(PAIR.bottom());
        disturbed.add(0, new Sample(1_000_000L, 0, 1_024, 500_000, 0));
        assertThat(Comparisons.of("time-wait-500k", List.of(PAIR), List.of(quiet.getFirst(), disturbed), false)
                        .measured())
                .extracting(Comparison::verdict)
                .containsExactly(Verdict.DISTURBED, Verdict.MET);
    }

    @Test
    void every_budget_is_about_a_scene_and_commands_that_there_are() throws Exception {
        Assumptions.assumeTrue(Need.program("cc", "gcc").isHere() || System.getenv("CI") != null, "there is no cc");
        try (var tools = Tools.make(new Berth(List.of("java", "-cp", "berth.jar", "Main"), Map.of(), null), null)) {
            for (Scene scene : Scenes.ALL) {
                LineUp lineUp = scene.lineUp().make(tools);
                assertThat(lineUp.pairs())
                        .containsAll(Budgets.ratios(scene.name()).keySet());
                assertThat(lineUp.contenders())
                        .extracting(Contender::name)
                        .containsAll(Budgets.peaks(scene.name()).keySet())
                        .containsAll(lineUp.pairs().stream().map(Pair::top).toList())
                        .containsAll(lineUp.pairs().stream().map(Pair::bottom).toList());
            }
        }
        assertThat(Scenes.names()).containsAll(Budgets.scenes());
    }
}

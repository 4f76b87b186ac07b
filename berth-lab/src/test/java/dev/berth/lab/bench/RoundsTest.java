package dev.berth.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lab.LabException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Contender BERTH = new Contender("berth list", Contender.Kind.BERTH, List.of("berth"), null);
    private static final Contender SS = new Contender("ss -tan", Contender.Kind.PEER, List.of("ss"), null);

    /** Answers as it is told to, undisturbed once nothing is left to tell. */
    private static final class FakeMeter implements Meter {
        final List<String> ran = new ArrayList<>();
        final Deque<Sample> next = new ArrayDeque<>();
        final Deque<Boolean> whole = new ArrayDeque<>();

        @Override
        public void prepare(Duration round) {}

        @Override
        public boolean isWhole() {
            return whole.isEmpty() || whole.pop();
        }

        @Override
        public Sample run(Contender contender) {
            ran.add(contender.name());
            return next.isEmpty() ? undisturbed(10) : next.pop();
        }

        @Override
        public String complaint() {
            return "it may not";
        }
    }

    private static Sample undisturbed(int wallMillis) {
        return new Sample(wallMillis * 1_000_000L, 1_000, 1_024, 0, 0);
    }

    private static Sample disturbed(int othersMillis) {
        return new Sample(100_000_000L, 1_000, 1_024, othersMillis * 1_000L, 0);
    }

    private static Sample ended(int exitCode) {
        return new Sample(1_000_000L, 1_000, 1_024, 0, exitCode);
    }

    private final FakeMeter meter = new FakeMeter();

    @Test
    void every_command_runs_once_in_a_round_after_a_round_that_does_not_count() throws Exception {
        List<Series> series = new Rounds(meter, false).measure(List.of(BERTH, SS), 2);
        assertThat(meter.ran)
                .containsExactly("berth list", "ss -tan", "berth list", "ss -tan", "berth list", "ss -tan");
        assertThat(series).allMatch(one -> one.runs() == 2 && one.disturbed() == 0 && one.repeated() == 0);
    }

    @Test
    void a_run_that_others_disturbed_is_repeated() throws Exception {
        meter.next.addAll(List.of(undisturbed(1), disturbed(90), undisturbed(2)));
        Series series = new Rounds(meter, false).measure(List.of(SS), 1).getFirst();
        assertThat(series.wallMillis().median()).isEqualTo(2);
        assertThat(series.repeated()).isEqualTo(1);
        assertThat(series.disturbed()).isZero();
    }

    @Test
    void of_runs_that_others_disturbed_again_and_again_the_one_that_they_disturbed_least_is_kept_and_told()
            throws Exception {
        meter.next.addAll(List.of(undisturbed(1), disturbed(90), disturbed(50), disturbed(70), disturbed(80)));
        Series series = new Rounds(meter, false).measure(List.of(SS), 1).getFirst();
        assertThat(series.rounds().get(0)).isEqualTo(disturbed(50));
        assertThat(series.disturbed()).isEqualTo(1);
        assertThat(series.repeated()).isEqualTo(3);
    }

    @Test
    void a_peer_that_fails_is_left_out_with_its_reason() throws Exception {
        var rounds = new Rounds(meter, false);
        meter.next.addAll(List.of(undisturbed(1), ended(127)));
        assertThat(rounds.measure(List.of(BERTH, SS), 1)).hasSize(1);
        assertThat(rounds.failed()).containsExactly(new Skipped("ss -tan", "exit 127: it may not"));
    }

    @Test
    void a_berth_that_fails_ends_the_bench_and_one_that_found_a_problem_does_not() throws Exception {
        meter.next.add(ended(1));
        assertThat(new Rounds(meter, false).measure(List.of(BERTH), 1)).hasSize(1);
        meter.next.add(ended(70));
        assertThatThrownBy(() -> new Rounds(meter, false).measure(List.of(BERTH), 1))
                .isInstanceOf(LabException.class)
                .hasMessage("berth list failed");
    }

    @Test
    void a_command_that_takes_seconds_runs_in_the_first_rounds_only() throws Exception {
        for (int i = 0; i < 10; i++) {
            meter.next.add(undisturbed(5_000));
        }
        assertThat(new Rounds(meter, false).measure(List.of(SS), 7).getFirst().runs())
                .isEqualTo(Rounds.SLOW_ROUNDS);
    }

    @Test
    void a_round_in_which_the_sockets_went_away_is_measured_again() throws Exception {
        meter.whole.addAll(List.of(true, false, true));
        meter.next.addAll(List.of(undisturbed(1), undisturbed(2), undisturbed(3)));
        assertThat(new Rounds(meter, false).measure(List.of(SS), 1).getFirst().wallMillis())
                .isEqualTo(new Spread(3, 3, 3));
        meter.whole.addAll(List.of(false, false, false, false));
        assertThatThrownBy(() -> new Rounds(meter, false).measure(List.of(SS), 1))
                .hasMessage("the sockets did not last for a round");
    }

    @Test
    void what_meas_prints_is_a_sample() {
        assertThat(Sample.parse("12839780 6351 3072 13649 1\n")).isEqualTo(new Sample(12839780, 6351, 3072, 13649, 1));
    }
}

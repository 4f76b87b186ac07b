package dev.berth.diagnosis.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TurnoverTest {
    @Test
    void as_many_closes_in_the_minute_as_are_open_tell_how_long_each_lasts() {
        assertThat(Turnover.of(300, 5)).isEqualTo(new Turnover(0, 60.0));
        assertThat(Turnover.of(0, 5)).isEqualTo(new Turnover(0, 0.0));
        assertThat(Turnover.of(0, 0)).isEqualTo(new Turnover(0, null));
    }

    @Test
    void more_that_are_open_than_closed_in_the_minute_are_taken_to_stay() {
        assertThat(Turnover.of(301, 5)).isEqualTo(new Turnover(301, null));
        assertThat(Turnover.of(400, 0)).isEqualTo(new Turnover(400, null));
    }

    @Test
    void with_the_length_of_a_call_known_only_what_is_beyond_calls_stays() {
        assertThat(Turnover.of(400, 5, 10)).isEqualTo(new Turnover(350, 10.0));
        assertThat(Turnover.of(40, 5, 10)).isEqualTo(new Turnover(0, 10.0));
    }

    @Test
    void what_stays_takes_no_part_in_what_the_ports_sustain() {
        assertThat(Turnover.of(400, 1).sustainable(500, 62)).isEqualTo(100 / 62.0);
        assertThat(Turnover.of(600, 1).sustainable(500, 62)).isZero();
        assertThat(Turnover.of(100, 10).sustainable(500, 62)).isEqualTo(500 / 72.0);
    }
}

package dev.berth.diagnosis.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.diagnosis.forecast.Load.Growth;
import org.junit.jupiter.api.Test;

final class MeasuredTest {
    @Test
    void a_slow_leak_beneath_many_short_connections_is_seen() {
        Growth growth = Measured.of(1040, 10, 50, 10).growth();
        assertThat(growth.perSecond()).isEqualTo(4);
        assertThat(growth.low()).isCloseTo(4 - 2 * Math.sqrt(60) / 10, within(0.001));
        assertThat(growth.high()).isCloseTo(4 + 2 * Math.sqrt(60) / 10, within(0.001));
    }

    @Test
    void a_few_more_open_than_before_are_chance() {
        assertThat(Measured.of(1000, 30, 45, 10).growth()).isEqualTo(Growth.NONE);
        assertThat(Measured.of(9, 0, 9, 10).growth()).isEqualTo(Growth.NONE);
    }

    @Test
    void a_pool_that_opens_within_a_second_is_no_leak() {
        assertThat(Measured.of(60, 0, 60, 1).growth()).isEqualTo(Growth.NONE);
        assertThat(Measured.of(60, 0, 60, 3).growth().perSecond()).isEqualTo(20);
    }
}

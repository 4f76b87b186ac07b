package dev.berth.diagnosis.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void what_is_not_nothing_is_never_shown_as_nothing() {
        assertThat(Amounts.seconds(0)).isEqualTo("0 s");
        assertThat(Amounts.seconds(0.0001)).isEqualTo("0.0001 s");
        assertThat(Amounts.number(1.640_201e-9)).isEqualTo("0.00000000164");
        assertThat(Amounts.number(0.028_232)).isEqualTo("0.0282");
        assertThat(Amounts.number(0.25)).isEqualTo("0.25");
    }

    @Test
    void what_is_large_keeps_what_stands_behind_its_point() {
        assertThat(Amounts.number(1000.4)).isEqualTo("1,000.4");
        assertThat(Amounts.number(999.5)).isEqualTo("999.5");
        assertThat(Amounts.number(1e16)).isEqualTo("10,000,000,000,000,000");
        assertThat(Amounts.count(28_232)).isEqualTo("28,232");
        assertThat(Amounts.count(999)).isEqualTo("999");
        assertThat(Amounts.count(Long.MAX_VALUE)).isEqualTo("9,223,372,036,854,775,807");
    }
}

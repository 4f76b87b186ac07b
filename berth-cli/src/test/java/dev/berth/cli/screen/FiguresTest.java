package dev.berth.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void what_is_not_nothing_is_never_shown_as_nothing() {
        assertThat(Figures.decimal(0)).isEqualTo("0.0");
        assertThat(Figures.decimal(0.02)).isEqualTo("<0.1");
        assertThat(Figures.decimal(0.05)).isEqualTo("0.1");
    }

    @Test
    void a_rate_said_in_a_sentence_is_never_more_than_it_is() {
        assertThat(Figures.atLeast(3976 / 240.0)).isEqualTo("16");
        assertThat(Figures.atLeast(1075.2)).isEqualTo("1,075");
        assertThat(Figures.atLeast(3.99)).isEqualTo("3.9");
        assertThat(Figures.atLeast(0.339)).isEqualTo("0.33");
        assertThat(Figures.atLeast(7 / 0.07)).as("99.99999999999999").isEqualTo("100");
        assertThat(Figures.atLeast(0.29)).isEqualTo("0.29");
        assertThat(Figures.atLeast(0.001)).isEqualTo("<0.01");
        assertThat(Figures.atLeast(1e16)).isEqualTo("10,000,000,000,000,000");
        assertThat(Figures.atLeast(28_232e6 - 1)).isEqualTo("28,231,999,999");
    }

    @Test
    void a_bar_shows_a_trace_of_little_and_an_arrow_of_too_much() {
        assertThat(Bar.of(0, 10)).isEmpty();
        assertThat(Bar.of(0.1, 10)).isEqualTo("▏");
        assertThat(Bar.of(50, 10)).isEqualTo("█████");
        assertThat(Bar.of(100, 4)).isEqualTo("████");
        assertThat(Bar.of(302, 4)).isEqualTo("████▶");
    }
}

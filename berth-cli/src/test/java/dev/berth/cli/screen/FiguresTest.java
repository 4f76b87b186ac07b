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
}

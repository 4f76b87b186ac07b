package dev.berth.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookRationTest {
    private Instant now = Instant.parse("2026-11-22T03:00:00Z");
    private final LookRation ration = new LookRation(() -> now);

    private long taken() {
        return IntStream.range(0, 50).filter(ignored -> ration.take()).count();
    }

    @Test
    void a_minute_has_so_many_and_the_next_as_many_again() {
        assertThat(taken()).isEqualTo(LookRation.MOST);
        now = now.plus(Duration.ofSeconds(59));
        assertThat(taken()).isZero();
        now = now.plus(Duration.ofSeconds(2));
        assertThat(taken()).isEqualTo(LookRation.MOST);
    }

    @Test
    void a_clock_that_is_set_back_does_not_end_it() {
        taken();
        now = now.minus(Duration.ofDays(1));
        assertThat(taken()).isEqualTo(LookRation.MOST);
    }
}

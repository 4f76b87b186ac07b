package dev.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Told HELD = new Told.Claim("the bind fails", true);
    private static final Told FAILED = new Told.Claim("the reservation cures it", false);
    private static final Told NGINX = new Told.Skipped("the web server", "nginx is not here");
    private static final Told NGINX_AGAIN = new Told.Skipped("the web server", "nginx is not here either");
    private static final Told PSQL = new Told.Skipped("the database", "psql is not here");

    private static Outcome of(Told... told) {
        return Outcome.of(List.of(told));
    }

    @Test
    void the_whole_with_every_claim_held_ends_with_0() {
        assertThat(of(new Told.Words("Prose."), HELD, HELD).exitCode()).isZero();
    }

    @Test
    void a_claim_that_did_not_hold_ends_with_1_whatever_was_left_out() {
        assertThat(of(HELD, FAILED).exitCode()).isEqualTo(1);
        assertThat(of(FAILED, NGINX)).isEqualTo(new Outcome(1, 1, List.of((Told.Skipped) NGINX)));
        assertThat(of(FAILED, NGINX).exitCode()).isEqualTo(1);
    }

    @Test
    void what_was_not_the_whole_ends_with_4() {
        assertThat(of(HELD, NGINX).exitCode()).isEqualTo(4);
    }

    @Test
    void a_part_that_was_left_out_twice_is_named_once() {
        assertThat(of(NGINX, PSQL, NGINX_AGAIN).leftOut()).isEqualTo("the web server, the database");
        assertThat(of(HELD).leftOut()).isEmpty();
    }
}

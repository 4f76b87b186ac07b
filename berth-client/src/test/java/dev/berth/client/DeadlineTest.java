package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void no_time_is_left_when_it_is_over() throws Exception {
        Deadline deadline = Deadline.in(50);
        assertThatThrownBy(() -> {
                    while (true) {
                        int left = deadline.millisLeft();
                        assertThat(left).isBetween(1, 50);
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void zero_is_no_deadline() throws Exception {
        assertThat(Deadline.in(0).millisLeft()).isZero();
    }

    @Test
    void the_longest_one_is_not_taken_for_none() throws Exception {
        assertThat(Deadline.in(Integer.MAX_VALUE).millisLeft()).isPositive();
    }
}

package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundOnlyTest {
    @Test
    void a_socket_that_no_list_shows_is_named_with_its_process_and_a_reservation_keeps_the_port_from_it()
            throws Exception {
        Played played = Played.quickly("bound-only");
        assertThat(played.typed("ss -tan").output().lines())
                .as("only the heads")
                .hasSize(1);
        assertThat(played.typed("berth why 40101").output())
                .contains(
                        "tcp 40101 is not available: replica (", "BOUND", "user root", "berth free 40101 --by signal");
        assertThat(played.typed("berth doctor").output())
                .containsOnlyOnce("neither listen nor are connected")
                .contains("40001,40003,");
        assertThat(played.typed("berth free 40101 --yes").output()).contains("cost 1 signal to a process");
        assertThat(played.table().rows())
                .extracting(row -> row.values().get("serversStarted"))
                .containsExactly(0.0, 1.0);
    }
}

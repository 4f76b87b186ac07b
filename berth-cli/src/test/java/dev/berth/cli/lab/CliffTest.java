package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Told;
import org.junit.jupiter.api.Test;

class CliffTest {
    @Test
    void connects_become_slow_at_half_of_the_ports_and_more_ports_or_the_client_library_end_that() throws Exception {
        Played played = Played.quickly("cliff");
        assertThat(played.typed("berth doctor").output())
                .contains(
                        "Connects from 127.0.0.1 to 127.0.0.1:8080 become slow: the ports tried first are 100 % used");
        assertThat(played.typed("berth why 127.0.0.1:8080 --as client").output())
                .startsWith(
                        "Connects to 127.0.0.1:8080 from 127.0.0.1 are slow: of the ports tried first 100% are used up.")
                .contains("gateway (");
        assertThat(played.all(Told.Drawn.class))
                .singleElement()
                .satisfies(
                        drawn -> assertThat(drawn.svg()).contains("the kernel chooses", "the client library chooses"));
        assertThat(played.table().rows())
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.values()).containsOnlyKeys("medianMicros", "p99Micros"));
    }
}

package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Table;
import org.junit.jupiter.api.Test;

class SnatTest {
    @Test
    void connects_hang_when_the_routers_ports_are_used_up_and_each_remedy_lets_all_through() throws Exception {
        var played = Played.quickly("snat");

        assertThat(played.typed("berth doctor --measure 1").output())
                .contains(
                        "critical  SNAT runs out of ports: ", "keep the clients' connections open and use them again");
        Table.Row before = played.table().rows().get(1);
        assertThat(before.values().get("timedOut")).isPositive();
        assertThat(before.values().get("dropped"))
                .isGreaterThanOrEqualTo(before.values().get("timedOut"));
        assertThat(played.table().rows())
                .filteredOn(row -> row.way().matches("a pool.*|64,512 ports|4 addresses, in turn"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.values()).containsEntry("answered", 20.0));
    }
}

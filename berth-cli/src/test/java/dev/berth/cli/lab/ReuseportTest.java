package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Table;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReuseportTest {
    @Test
    void a_forgotten_version_answers_until_it_ends_and_what_waited_for_it_is_reset_unless_it_is_handed_over()
            throws Exception {
        var played = Played.quickly("reuseport");

        assertThat(played.typed("berth free 8080 --dry-run").output())
                .contains(
                        "2 sockets listen on [::]:8080 together (SO_REUSEPORT): the port is free when all are closed.");
        assertThat(played.typed("shop version=3 port=8080").output()).contains("Address already in use");
        assertThat(played.table().rows())
                .allSatisfy(row -> assertThat(value(row, "byNew") + value(row, "byOld") + value(row, "reset"))
                        .isEqualTo(value(row, "calls")));
        assertThat(played.table().rows())
                .filteredOn(row -> value(row, "reset") > 0)
                .extracting(Table.Row::way)
                .containsExactly("restart, tcp_migrate_req=0");
    }

    private static int value(Table.Row row, String column) {
        return Objects.requireNonNull(row.values().get(column)).intValue();
    }
}

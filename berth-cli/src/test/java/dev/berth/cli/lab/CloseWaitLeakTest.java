package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Table;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CloseWaitLeakTest {
    private static final int PORTS = 400;
    private static final int FILES = 1_000;

    @Test
    void only_the_program_ends_what_it_does_not_close() throws Exception {
        Played played = Played.quickly("close-wait-leak");

        assertThat(played.typed("berth explain shop.log").output())
                .contains(
                        "Java cannot connect to 10.0.1.2:9000: EADDRNOTAVAIL",
                        "confirmed    No local port is left for the destination",
                        "1 correct the program: it must close a connection when reading from it ends",
                        "2 ask shop (pid ");
        assertThat(played.typed("berth doctor").output())
                .contains(
                        " connections that their peers have closed, the oldest for at least ",
                        "Most of them were connected with 10.0.1.2:9000.");

        List<Table.Row> rows = played.table().rows();
        assertThat(rows).extracting(row -> value(row, "closeWait")).startsWith(PORTS, PORTS);
        int most = value(rows.get(2), "closeWait");
        assertThat(rows)
                .extracting(row -> value(row, "closeWait"))
                .containsExactly(PORTS, PORTS, most, most - 1, 0, most, 0);
        assertThat(rows.subList(2, 6))
                .extracting(row -> value(row, "descriptors"))
                .containsExactly(FILES, FILES, 0, FILES);
        assertThat(value(rows.getLast(), "answered")).isEqualTo(2 * FILES);
    }

    private static int value(Table.Row row, String column) {
        return Objects.requireNonNull(row.values().get(column)).intValue();
    }
}

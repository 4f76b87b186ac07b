package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Table;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BulkLoadTest {
    private static final int PORTS = 257;
    private static final int RECORDS = 2_000;

    @Test
    void a_connection_for_each_record_stops_the_load_and_with_a_pool_all_arrive() throws Exception {
        Played played = Played.quickly("bulk-load");

        assertThat(played.typed("berth explain crm.log").output())
                .contains(
                        "Java cannot connect to 10.0.2.2:5432: EADDRNOTAVAIL",
                        "No local port is left for the destination");
        assertThat(played.typed("berth doctor").output())
                .containsPattern(
                        "critical {2}(No|Nearly no) local port is left from 10\\.0\\.2\\.1 to 10\\.0\\.2\\.2:5432")
                .contains("closed as a server, which costs no dynamic port: port 8080");

        List<Table.Row> rows = played.table().rows();
        assertThat(rows).hasSize(5);
        assertThat(value(rows.getFirst(), "connections")).isBetween(PORTS, 2 * PORTS);
        assertThat(value(rows.get(1), "refused")).isPositive();
        assertThat(value(rows.get(2), "connections")).isGreaterThan(PORTS);
        assertThat(value(rows.get(3), "connections")).isGreaterThan(PORTS);
        assertThat(value(rows.getLast(), "connections")).isLessThanOrEqualTo(8);
        assertThat(rows.stream().mapToInt(row -> value(row, "arrived")).sum()).isEqualTo(RECORDS);
    }

    private static int value(Table.Row row, String column) {
        return Objects.requireNonNull(row.values().get(column)).intValue();
    }
}

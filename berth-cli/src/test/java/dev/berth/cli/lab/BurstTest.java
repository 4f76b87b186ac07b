package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Table;
import dev.berth.lab.Told;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BurstTest {
    private static final double CALLS = 450;
    private static final double PORTS = 400;

    @Test
    void a_burst_of_connections_uses_up_the_local_ports_and_each_remedy_carries_it() throws Exception {
        Played played = Played.quickly("burst");
        assertThat(played.typed("berth capacity --profile windows-2003").output())
                .startsWith("About 16 calls a second");
        assertThat(played.typed("head -n 5 off.log").output())
                .contains("java.net.BindException: Cannot assign requested address");
        assertThat(played.typed("berth explain off.log | head -n 10").output())
                .contains("Java cannot connect", "EADDRNOTAVAIL", "No client can connect to 192.0.2.10");
        assertThat(played.typed("berth why 192.0.2.10:8080 --as client").output())
                .contains("No client can connect to 192.0.2.10:8080");
        assertThat(played.typed("berth doctor | grep -A 1 critical").output())
                .contains("critical", "192.0.2.10:8080", "192.0.2.10:8081");

        List<Table> tables =
                played.all(Told.Measured.class).map(Told.Measured::table).toList();
        assertThat(tables).hasSize(2);
        for (Table table : tables) {
            Map<String, Map<String, Double>> rows =
                    table.rows().stream().collect(Collectors.toMap(Table.Row::way, Table.Row::values));
            assertThat(rows.get("192.0.2.10"))
                    .containsEntry("timeWaitPorts", PORTS)
                    .hasEntrySatisfying("failed", failed -> assertThat(failed).isBetween(1.0, CALLS - PORTS + 10));
            assertThat(rows.get("range 10240-65535"))
                    .containsEntry("failed", 0.0)
                    .containsEntry("timeWaitPorts", CALLS);
            assertThat(rows.get("server closes first"))
                    .containsEntry("failed", 0.0)
                    .containsEntry("timeWaitPorts", 0.0);
        }
    }
}

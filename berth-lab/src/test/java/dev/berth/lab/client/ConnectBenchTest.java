package dev.berth.lab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import org.junit.jupiter.api.Test;

class ConnectBenchTest {
    @Test
    void the_bench_runs_fills_its_table_and_no_connect_fails_while_a_port_is_free() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "32768 33167");
            namespace.set("ipv4/tcp_tw_reuse", "0");
            namespace.set("core/somaxconn", "1000000");
            namespace.set("ipv4/tcp_max_tw_buckets", "2000000");
            namespace.set("ipv4/tcp_rfc1337", "1"); // or a late reset ends a TIME_WAIT: RFC 1337
            Results results = namespace.call(() -> ConnectBench.run(new ConnectBench.Size(3, 1, 10)));
            assertThat(results.cells()).hasSize(9 * 4 + 3 * 2); // scenes by ways; by hand below the cliff
            assertThat(results.cells()).allSatisfy(cell -> {
                assertThat(cell.connects()).isPositive();
                assertThat(cell.failed()).isEqualTo(cell.scene().full() ? cell.connects() : 0);
            });
            assertThat(results.failedWhileFree()).isZero();
            assertThat(results.connectedWhileFull()).isZero();
            assertThat(results.ratios())
                    .hasSize(14)
                    .allSatisfy(ratio -> assertThat(ratio.measured()).isPositive());
            assertThat(results.lines())
                    .startsWith("ports\t400\n")
                    .contains(
                            "\ncell\t90 % TIME_WAIT\tlibrary Socket\t",
                            "\nratio\t100 % established: library Socket ÷ ");
        }
    }
}

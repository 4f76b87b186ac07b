package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresLogTest {
    @TempDir
    private Path folder;

    private ProductLog logOfServer(String address, int port) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path postgres = RealProduct.findPostgres("postgres");
        RealProduct.of(folder, postgres.resolveSibling("initdb"), "--no-sync", "--auth=trust", "--pgdata=data")
                .asNobody()
                .run();
        return RealProduct.of(
                        folder,
                        postgres,
                        "-D",
                        "data",
                        "-h",
                        address,
                        "-p",
                        Integer.toString(port),
                        "-k",
                        folder.toString())
                .asNobody()
                .run();
    }

    @Test
    void a_taken_port_is_one_bind_although_the_port_stands_on_another_line_than_the_address() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = logOfServer("127.0.0.1", taken.getLocalPort());
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x PostgreSQL bind 127.0.0.1:" + taken.getLocalPort() + " EADDRINUSE");
        }
    }

    @Test
    void of_an_address_that_is_not_here_the_log_does_not_tell_the_port() throws Exception {
        ProductLog log = logOfServer("192.0.2.1", 5499);
        assertThat(log.tells()).as(log.toString()).containsExactly("1x PostgreSQL bind 192.0.2.1 EADDRNOTAVAIL");
    }

    @Test
    void its_client_without_a_port_tells_of_a_connect() throws Exception {
        try (var network = new NoPortLeft()) {
            Path client = RealProduct.findPostgres("psql");
            String name = "host=127.0.0.1 port=" + network.port() + " user=any dbname=any";
            ProductLog log = RealProduct.of(folder, client, name)
                    .within(network.namespace())
                    .run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x libpq connect -> 127.0.0.1:" + network.port() + " EADDRNOTAVAIL");
        }
    }
}

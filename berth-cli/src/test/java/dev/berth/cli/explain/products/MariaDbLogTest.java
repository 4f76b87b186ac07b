package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address of another host is no failure to MariaDB: it binds with IP_FREEBIND. */
class MariaDbLogTest {
    @TempDir
    private Path folder;

    @Test
    void a_taken_port_is_one_bind_put_together_from_the_lines_before_and_after_the_error() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path server = RealProduct.find("mariadbd", "mariadb-server-core");
        Path install = RealProduct.find("mariadb-install-db", "mariadb-server-core");
        String data = "--datadir=" + folder.resolve("data");
        RealProduct.of(folder, install, "--no-defaults", data, "--skip-test-db")
                .asNobody()
                .run();
        try (var taken = RealProduct.taken()) {
            ProductLog log = RealProduct.of(
                            folder,
                            server,
                            "--no-defaults",
                            data,
                            "--bind-address=127.0.0.1",
                            "--port=" + taken.getLocalPort(),
                            "--socket=" + folder.resolve("socket"))
                    .asNobody()
                    .run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x MariaDB bind 127.0.0.1:" + taken.getLocalPort() + " EADDRINUSE 98");
        }
    }

    @Test
    void its_client_without_a_port_tells_of_a_connect_but_not_to_which_port() throws Exception {
        try (var network = new NoPortLeft()) {
            Path client = RealProduct.find("mariadb", "mariadb-client-core");
            ProductLog log = RealProduct.of(
                            folder, client, "--no-defaults", "--host=127.0.0.1", "--port=" + network.port())
                    .within(network.namespace())
                    .run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x MySQL client connect -> 127.0.0.1 EADDRNOTAVAIL 99");
        }
    }
}

package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisLogTest {
    @TempDir
    private Path folder;

    private ProductLog logOfServer(String address, int port) throws Exception {
        return RealProduct.of(
                        folder,
                        RealProduct.find("redis-server", "redis-server"),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        address,
                        "--save",
                        "")
                .run();
    }

    @Test
    void a_taken_port_is_one_bind_whatever_the_number_of_lines_about_it() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = logOfServer("127.0.0.1", taken.getLocalPort());
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Redis bind 127.0.0.1:" + taken.getLocalPort() + " EADDRINUSE");
        }
    }

    @Test
    void an_address_of_another_host_is_not_available_to_bind() throws Exception {
        ProductLog log = logOfServer("192.0.2.1", 6379);
        assertThat(log.tells()).as(log.toString()).containsExactly("1x Redis bind 192.0.2.1:6379 EADDRNOTAVAIL");
    }

    @Test
    void its_client_without_a_port_tells_of_a_connect() throws Exception {
        try (var network = new NoPortLeft()) {
            String port = Integer.toString(network.port());
            Path client = RealProduct.find("redis-cli", "redis-tools");
            ProductLog log = RealProduct.of(folder, client, "-h", "127.0.0.1", "-p", port, "ping")
                    .within(network.namespace())
                    .run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Redis client connect -> 127.0.0.1:" + port + " EADDRNOTAVAIL");
        }
    }
}

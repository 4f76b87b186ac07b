package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxLogTest {
    @TempDir
    private Path folder;

    private RealProduct nginx(String server) throws Exception {
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                error_log stderr notice;
                pid nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t; scgi_temp_path t;
                    server { %s }
                }
                """.formatted(server));
        return RealProduct.of(
                folder,
                RealProduct.find("nginx", "nginx-light"),
                "-e",
                "stderr",
                "-p",
                folder + "/",
                "-c",
                "nginx.conf");
    }

    @Test
    void each_of_the_five_attempts_at_a_taken_port_is_one_bind() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log =
                    nginx("listen 127.0.0.1:" + taken.getLocalPort() + ";").run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("5x nginx bind 127.0.0.1:" + taken.getLocalPort() + " EADDRINUSE 98");
        }
    }

    @Test
    void an_address_of_another_host_is_not_available_to_bind() throws Exception {
        ProductLog log = nginx("listen 192.0.2.1:8080;").run();
        assertThat(log.tells()).as(log.toString()).containsExactly("1x nginx bind 192.0.2.1:8080 EADDRNOTAVAIL 99");
    }

    @Test
    void an_upstream_that_cannot_be_reached_for_want_of_a_port_is_a_connect_to_it() throws Exception {
        try (var network = new NoPortLeft()) {
            String upstream = "127.0.0.1:" + network.port();
            try (var running = nginx("listen 127.0.0.1:8080; location / { proxy_pass http://%s; }".formatted(upstream))
                    .within(network.namespace())
                    .start()
                    .await("event method")) {
                network.visit(8080);
                ProductLog log = running.await("upstream").soFar();
                assertThat(log.tells())
                        .as(log.toString())
                        .containsExactly("1x nginx connect -> " + upstream + " EADDRNOTAVAIL 99");
            }
        }
    }
}

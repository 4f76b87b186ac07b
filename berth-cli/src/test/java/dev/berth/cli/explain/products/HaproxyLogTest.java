package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaproxyLogTest {
    @TempDir
    private Path folder;

    private RealProduct haproxy(String proxies) throws Exception {
        Files.writeString(folder.resolve("haproxy.cfg"), """
                defaults
                    mode tcp
                    timeout connect 1s
                    timeout client 5s
                    timeout server 5s
                    retries 0
                """ + proxies);
        return RealProduct.of(folder, RealProduct.find("haproxy", "haproxy"), "-f", "haproxy.cfg", "-W");
    }

    @Test
    void each_address_that_it_cannot_have_is_one_bind() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = haproxy("""
                            frontend web
                                bind 127.0.0.1:%d
                                bind 192.0.2.1:8080
                            """.formatted(taken.getLocalPort())).run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly(
                            "1x HAProxy bind 127.0.0.1:" + taken.getLocalPort() + " EADDRINUSE",
                            "1x HAProxy bind 192.0.2.1:8080 EADDRNOTAVAIL");
        }
    }

    @Test
    void no_port_left_for_a_backend_is_a_connect() throws Exception {
        try (var network = new NoPortLeft();
                var running = haproxy("""
                                listen web
                                    bind 127.0.0.1:8080
                                    server one 127.0.0.1:%d
                                """.formatted(network.port()))
                        .within(network.namespace())
                        .start()
                        .await("Loading success")) {
            network.visit(8080);
            ProductLog log = running.await("Connect() failed").soFar();
            assertThat(log.tells()).as(log.toString()).containsExactly("1x HAProxy connect EADDRNOTAVAIL");
        }
    }
}

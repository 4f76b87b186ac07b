package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApacheHttpdLogTest {
    @TempDir
    private Path folder;

    private ProductLog logOfServer(String listen) throws Exception {
        Path program = RealProduct.find("apache2", "apache2-bin");
        Files.writeString(folder.resolve("httpd.conf"), """
                ServerRoot /usr/lib/apache2
                Listen %s
                ServerName localhost
                PidFile %2$s/pid
                ErrorLog %2$s/error.log
                LoadModule mpm_event_module modules/mod_mpm_event.so
                LoadModule authz_core_module modules/mod_authz_core.so
                """.formatted(listen, folder));
        return RealProduct.of(
                        folder,
                        program,
                        "-X",
                        "-f",
                        folder.resolve("httpd.conf").toString())
                .run();
    }

    @Test
    void a_taken_port_is_one_bind() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = logOfServer("127.0.0.1:" + taken.getLocalPort());
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Apache httpd bind 127.0.0.1:" + taken.getLocalPort() + " EADDRINUSE 98");
        }
    }

    @Test
    void an_address_of_another_host_is_not_available_to_bind() throws Exception {
        ProductLog log = logOfServer("192.0.2.1:8080");
        assertThat(log.tells())
                .as(log.toString())
                .containsExactly("1x Apache httpd bind 192.0.2.1:8080 EADDRNOTAVAIL 99");
    }
}

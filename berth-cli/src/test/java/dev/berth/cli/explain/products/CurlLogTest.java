package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurlLogTest {
    @TempDir
    private Path folder;

    private RealProduct curl(String... arguments) {
        return RealProduct.of(folder, RealProduct.find("curl", "curl"), arguments);
    }

    @Test
    void a_taken_local_port_is_a_bind() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = curl("-sS", "--local-port", "" + taken.getLocalPort(), "http://127.0.0.1:9/")
                    .run();
            assertThat(log.tells()).as(log.toString()).containsExactly("1x curl bind EADDRINUSE 98");
        }
    }

    @Test
    void without_a_port_left_it_tells_the_error_only_when_asked_for_more_words() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40000");
            try (var server = namespace.call(RealProduct::taken)) { // draws the only port there is
                String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
                String connect = "1x curl connect -> 127.0.0.1:" + server.getLocalPort();
                ProductLog quiet = curl("-sS", url).within(namespace).run();
                assertThat(quiet.tells()).as(quiet.toString()).containsExactly(connect);
                ProductLog wordy = curl("-sv", url).within(namespace).run();
                assertThat(wordy.tells()).as(wordy.toString()).containsExactly(connect + " EADDRNOTAVAIL");
            }
        }
    }
}

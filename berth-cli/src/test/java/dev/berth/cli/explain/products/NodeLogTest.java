package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {
    @TempDir
    private Path folder;

    private RealProduct node(String script) {
        return RealProduct.of(folder, RealProduct.find("node", "nodejs"), "-e", script);
    }

    @Test
    void a_listen_on_a_taken_port_is_one_bind_with_its_trace_and_its_fields() throws Exception {
        try (var taken = RealProduct.taken()) {
            int port = taken.getLocalPort();
            ProductLog log = node("require('http').createServer().listen(%d, '127.0.0.1')".formatted(port))
                    .run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Node.js bind 127.0.0.1:" + port + " EADDRINUSE 98");
        }
    }

    @Test
    void an_address_of_another_host_is_not_available_to_listen_on() throws Exception {
        ProductLog log =
                node("require('net').createServer().listen(8080, '192.0.2.1')").run();
        assertThat(log.tells()).as(log.toString()).containsExactly("1x Node.js bind 192.0.2.1:8080 EADDRNOTAVAIL 99");
    }

    @Test
    void a_listen_on_any_port_where_none_is_left_is_a_bind_without_one() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40000");
            try (var _ = namespace.call(RealProduct::taken)) { // draws the only port there is
                ProductLog log = node("require('net').createServer().listen(0, '127.0.0.1')")
                        .within(namespace)
                        .run();
                assertThat(log.tells()).as(log.toString()).containsExactly("1x Node.js bind 127.0.0.1 EADDRINUSE 98");
            }
        }
    }

    @Test
    void a_fetch_for_which_no_port_is_left_is_a_connect_to_its_server() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40000");
            try (var server = namespace.call(RealProduct::taken)) {
                String address = "127.0.0.1:" + server.getLocalPort();
                ProductLog log = node("fetch('http://%s/')".formatted(address))
                        .within(namespace)
                        .run();
                assertThat(log.tells())
                        .as(log.toString())
                        .containsExactly("1x Node.js connect 0.0.0.0:0 -> " + address + " EADDRNOTAVAIL 99");
            }
        }
    }
}

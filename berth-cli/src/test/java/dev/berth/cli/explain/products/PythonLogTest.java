package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonLogTest {
    @TempDir
    private Path folder;

    private RealProduct python(String... arguments) {
        return RealProduct.of(folder, RealProduct.find("python3", "python3"), arguments);
    }

    @Test
    void a_traceback_that_ends_in_an_address_in_use_is_a_bind() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = python("-m", "http.server", "--bind", "127.0.0.1", String.valueOf(taken.getLocalPort()))
                    .run();
            assertThat(log.tells()).as(log.toString()).containsExactly("1x Python bind EADDRINUSE 98");
        }
    }

    @Test
    void asyncio_tells_the_address_that_it_wanted() throws Exception {
        try (var taken = RealProduct.taken()) {
            int port = taken.getLocalPort();
            ProductLog log = python("-c", """
                            import asyncio
                            async def main():
                                await asyncio.start_server(print, '127.0.0.1', %d)
                            asyncio.run(main())
                            """.formatted(port)).run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Python bind 127.0.0.1:" + port + " EADDRINUSE 98");
        }
    }

    @Test
    void a_chain_of_exceptions_for_want_of_a_port_is_one_connect() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40000");
            try (var server = namespace.call(RealProduct::taken)) { // draws the only port there is
                ProductLog log = python(
                                "-c",
                                "from urllib.request import urlopen; urlopen('http://127.0.0.1:%d/')"
                                        .formatted(server.getLocalPort()))
                        .within(namespace)
                        .run();
                assertThat(log.tells()).as(log.toString()).containsExactly("1x Python connect EADDRNOTAVAIL 99");
            }
        }
    }
}

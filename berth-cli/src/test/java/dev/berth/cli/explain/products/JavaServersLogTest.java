package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaServersLogTest {
    private static final String NETTY = """
            var loop = new io.netty.channel.MultiThreadIoEventLoopGroup(1, io.netty.channel.nio.NioIoHandler.newFactory());
            try {
                %s.sync();
            } finally {
                loop.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void spring_boot_says_it_once_whatever_it_says_before() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = springBoot(taken.getLocalPort()).run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Spring Boot bind *:" + taken.getLocalPort() + " EADDRINUSE");
        }
    }

    @Test
    void spring_boots_own_trace_is_the_same_incident() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = springBoot(taken.getLocalPort(), "--debug").run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Spring Boot bind *:" + taken.getLocalPort() + " EADDRINUSE");
        }
    }

    private RealProduct springBoot(int port, String... more) throws IOException {
        String factory = "org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration";
        String[] words = {
            "org.springframework.boot.SpringApplication",
            "--spring.main.sources=" + factory,
            "--server.address=127.0.0.1",
            "--server.port=" + port
        };
        return JavaProgram.words(
                folder, Stream.of(words, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    @Test
    void tomcats_port_is_in_the_name_of_its_connector() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log =
                    JavaProgram.running(folder, taken.getLocalPort(), """
                            var tomcat = new org.apache.catalina.startup.Tomcat();
                            var connector = new org.apache.catalina.connector.Connector();
                            connector.setProperty("address", "127.0.0.1");
                            connector.setPort(port);
                            tomcat.setConnector(connector);
                            tomcat.start();
                            System.exit(1);
                            """).run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Tomcat bind *:" + taken.getLocalPort() + " EADDRINUSE");
        }
    }

    @Test
    void tomcats_port_for_its_end_is_another() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log =
                    JavaProgram.running(folder, taken.getLocalPort(), """
                            var tomcat = new org.apache.catalina.startup.Tomcat();
                            tomcat.getServer().setPort(port);
                            tomcat.setPort(0);
                            tomcat.getConnector();
                            tomcat.start();
                            tomcat.getServer().await();
                            System.exit(1);
                            """).run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Tomcat bind localhost:" + taken.getLocalPort() + " EADDRINUSE");
        }
    }

    @Test
    void jettys_address_is_in_its_exception_and_the_error_in_the_cause() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = JavaProgram.running(
                            folder, taken.getLocalPort(), "new org.eclipse.jetty.server.Server(there).start();")
                    .run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Jetty bind 127.0.0.1:" + taken.getLocalPort() + " EADDRINUSE");
        }
    }

    @Test
    void a_netty_server_is_known_by_its_frames() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = JavaProgram.running(folder, taken.getLocalPort(), NETTY.formatted("""
                            new io.netty.bootstrap.ServerBootstrap().group(loop)
                                    .channel(io.netty.channel.socket.nio.NioServerSocketChannel.class)
                                    .childHandler(new io.netty.channel.ChannelInboundHandlerAdapter())
                                    .bind(there)"""))
                    .run();
            assertThat(log.tells()).as(log.toString()).containsExactly("1x Netty bind EADDRINUSE");
        }
    }

    @Test
    void a_netty_client_names_the_other_end() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40000");
            try (var there = namespace.call(RealProduct::taken)) { // draws the only port there is
                ProductLog log = JavaProgram.running(folder, there.getLocalPort(), NETTY.formatted("""
                                new io.netty.bootstrap.Bootstrap().group(loop)
                                        .channel(io.netty.channel.socket.nio.NioSocketChannel.class)
                                        .handler(new io.netty.channel.ChannelInboundHandlerAdapter())
                                        .connect(there)"""))
                        .within(namespace)
                        .run();
                assertThat(log.tells())
                        .as(log.toString())
                        .containsExactly("1x Netty connect -> 127.0.0.1:" + there.getLocalPort() + " EADDRNOTAVAIL");
            }
        }
    }
}

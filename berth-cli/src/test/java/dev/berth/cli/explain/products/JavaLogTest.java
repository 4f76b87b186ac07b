package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java itself says: it names no port, so the call is all there is to tell. */
class JavaLogTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new ServerSocket(port, 1, loopback);",
                "java.nio.channels.ServerSocketChannel.open().bind(there);",
                "java.nio.channels.AsynchronousServerSocketChannel.open().bind(there);",
                "com.sun.net.httpserver.HttpServer.create(there, 1);",
                "new Socket().bind(there);"
            })
    void a_taken_port_is_a_bind(String statement) throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log =
                    JavaProgram.running(folder, taken.getLocalPort(), statement).run();
            assertThat(log.tells()).as(log.toString()).containsExactly("1x Java bind EADDRINUSE");
        }
    }

    @Test
    void a_taken_port_of_datagrams_is_a_bind_of_udp() throws Exception {
        try (var taken = new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            ProductLog log = JavaProgram.running(folder, taken.getLocalPort(), "new DatagramSocket(port, loopback);")
                    .run();
            assertThat(log.tells()).as(log.toString()).containsExactly("1x Java bind udp EADDRINUSE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new ServerSocket(port, 1, InetAddress.getByName(\"192.0.2.1\"));",
                "new Socket(loopback, port, InetAddress.getByName(\"192.0.2.1\"), 0);"
            })
    void an_address_of_another_host_is_a_bind_too_and_no_lack_of_ports(String statement) throws Exception {
        ProductLog log = JavaProgram.running(folder, 8080, statement).run();
        assertThat(log.tells()).as(log.toString()).containsExactly("1x Java bind EADDRNOTAVAIL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Socket(loopback, port);",
                "new Socket().connect(there, 1_000);",
                "java.nio.channels.SocketChannel.open(there);",
                "java.nio.channels.AsynchronousSocketChannel.open().connect(there).get();",
                "URI.create(\"http:/\" + there).toURL().openStream();",
                "java.net.http.HttpClient.newHttpClient().send(java.net.http.HttpRequest.newBuilder(URI.create(\"http:/\" + there))"
                        + ".build(), java.net.http.HttpResponse.BodyHandlers.ofString());"
            })
    void the_same_class_of_exception_is_a_connect_when_no_local_port_is_left(String statement) throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40000");
            try (var there = namespace.call(RealProduct::taken)) { // draws the only port there is
                ProductLog log = JavaProgram.running(folder, there.getLocalPort(), statement)
                        .within(namespace)
                        .run();
                assertThat(log.tells()).as(log.toString()).containsExactly("1x Java connect EADDRNOTAVAIL");
            }
        }
    }

    @Test
    void a_listener_on_any_port_finds_none_in_an_empty_range() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40000");
            try (var _ = namespace.call(RealProduct::taken)) {
                ProductLog log = JavaProgram.running(folder, 0, "new ServerSocket(port, 1, loopback);")
                        .within(namespace)
                        .run();
                assertThat(log.tells()).as(log.toString()).containsExactly("1x Java bind EADDRINUSE");
            }
        }
    }

    @Test
    void the_port_of_jmx_is_in_its_exception() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = JavaProgram.words(
                            folder,
                            "-Dcom.sun.management.jmxremote.port=" + taken.getLocalPort(),
                            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                            "-Dcom.sun.management.jmxremote.authenticate=false",
                            "-Dcom.sun.management.jmxremote.ssl=false",
                            "-version")
                    .run();
            assertThat(log.tells())
                    .as(log.toString())
                    .containsExactly("1x Java RMI (JMX) bind *:" + taken.getLocalPort() + " EADDRINUSE");
        }
    }

    @Test
    void the_port_of_the_debugger_is_nowhere() throws Exception {
        try (var taken = RealProduct.taken()) {
            ProductLog log = JavaProgram.words(
                            folder,
                            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:"
                                    + taken.getLocalPort(),
                            "-version")
                    .run();
            assertThat(log.tells()).as(log.toString()).containsExactly("1x Java debugger (JDWP) bind EADDRINUSE");
        }
    }
}

package dev.berth.cli.explain.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import dev.berth.windows.wine.Wine;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What Java says on Windows, where it adds the call that failed. The virtual machine and its texts are the real ones; the sockets
 * below are Linux's. So not to be seen here: {@code Address already in use: connect}, which Windows says when no local port is left
 * (Linux, and through Wine Java, says that the address cannot be assigned), and the same text for an excluded port.
 */
class JavaOnWindowsLogTest {
    /** What is run there: each failure with its trace, as a program that catches it would log it. */
    static final class OnWindows {
        private OnWindows() {}

        public static void main(String[] arguments) throws IOException {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            try (var there = new ServerSocket(0, 1, loopback)) {
                int port = there.getLocalPort();
                var address = new InetSocketAddress(loopback, port);
                say(port);
                switch (arguments[0]) {
                    case "taken" -> {
                        fail(() -> new ServerSocket(port, 1, loopback));
                        fail(() -> ServerSocketChannel.open().bind(address));
                    }
                    case "foreign" -> fail(() -> new Socket(loopback, port, InetAddress.getByName("192.0.2.1"), 0));
                    default -> {
                        fail(() -> new Socket(loopback, port));
                        fail(() -> SocketChannel.open(address));
                    }
                }
            }
        }

        private interface Call {
            Closeable make() throws IOException;
        }

        @SuppressWarnings({"SystemOut", "CatchAndPrintStackTrace"}) // it is all that the test sees of it
        private static void fail(Call call) {
            try (var _ = call.make()) {
                say("it works");
            } catch (IOException e) {
                e.printStackTrace(System.out);
            }
        }

        @SuppressWarnings("SystemOut")
        private static void say(Object what) {
            System.out.println(what);
        }
    }

    private static ProductLog log(Wine wine, String failure) throws IOException, InterruptedException {
        return new ProductLog(
                wine.java(OnWindows.class, failure).output().lines().toList());
    }

    @Test
    void the_call_behind_the_text_of_a_taken_port_is_bind() throws Exception {
        try (Wine wine = Wine.here()) {
            ProductLog log = log(wine, "taken");
            assertThat(log.lines()).contains("java.net.BindException: Address already in use: bind");
            assertThat(log.tells()).as(log.toString()).containsExactly("2x Java bind WSAEADDRINUSE");
        }
    }

    @Test
    void so_is_that_of_an_address_of_another_host() throws Exception {
        try (Wine wine = Wine.here()) {
            ProductLog log = log(wine, "foreign");
            assertThat(log.lines()).contains("java.net.BindException: Cannot assign requested address: bind");
            assertThat(log.tells()).as(log.toString()).containsExactly("1x Java bind WSAEADDRNOTAVAIL");
        }
    }

    @Test
    void without_a_local_port_it_is_connect() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40000");
            try (Wine wine = Wine.within(List.of("nsenter", "--net=/proc/" + namespace.pid() + "/ns/net", "--"))) {
                ProductLog log = log(wine, "connect");
                assertThat(log.lines()).contains("java.net.BindException: Cannot assign requested address: connect");
                assertThat(log.tells()).as(log.toString()).containsExactly("2x Java connect WSAEADDRNOTAVAIL");
            }
        }
    }
}

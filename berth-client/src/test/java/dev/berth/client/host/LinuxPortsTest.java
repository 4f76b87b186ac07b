package dev.berth.client.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.PrivateNamespace;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.io.FileOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ports of the calling thread's namespace, as Linux writes them, and of files that are not as they should be. */
class LinuxPortsTest {
    private static final int[] EVERY_OTHER =
            IntStream.range(0, 20_000).map(i -> 1025 + 2 * i).toArray();

    @TempDir
    private Path proc;

    @Test
    void range_reservations_and_listeners_are_those_of_the_namespace() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.set("ipv4/ip_local_port_range", "40000 40009");
            namespace.set("ipv4/ip_local_reserved_ports", "5000,6000-6002");
            namespace.call(() -> {
                var ports = new LinuxPorts();
                assertThat(ports.dynamicRange()).contains(new PortRange(40_000, 40_009));
                assertThat(ports.reserved()).hasValue(PortSet.parse("5000,6000-6002"));
                assertThat(ports.listening()).isEqualTo(PortSet.EMPTY);
                try (var any = new ServerSocket(7001);
                        var v4 = new ServerSocket(7002, 1, InetAddress.ofLiteral("127.0.0.2"));
                        var v6 = new ServerSocket(7003, 1, InetAddress.ofLiteral("::1"))) {
                    assertThat(List.of(any, v4, v6)).allMatch(ServerSocket::isBound);
                    assertThat(ports.listening()).isEqualTo(PortSet.parse("7001-7003"));
                }
                assertThat(ports.listening()).isEqualTo(PortSet.EMPTY);
                return null;
            });
        }
    }

    @Test
    void a_list_longer_than_a_page_is_read_whole_and_port_0_is_none() throws Exception {
        try (var namespace = PrivateNamespace.open()) {
            namespace.call(() -> {
                reserveEveryOther();
                return null;
            });
            assertThat(namespace.call(() -> new LinuxPorts().reserved())).hasValue(PortSet.parse(text(EVERY_OTHER)));
            namespace.set("ipv4/ip_local_reserved_ports", "0-65535");
            assertThat(namespace.call(() -> new LinuxPorts().reserved())).hasValue(PortSet.of(PortRange.ALL));
            namespace.set("ipv4/ip_local_reserved_ports", "0-1023,5000");
            assertThat(namespace.call(() -> new LinuxPorts().reserved())).hasValue(PortSet.parse("1-1023,5000"));
            namespace.set("ipv4/ip_local_reserved_ports", "0,5000");
            assertThat(namespace.call(() -> new LinuxPorts().reserved())).hasValue(PortSet.parse("5000"));
            namespace.set("ipv4/ip_local_reserved_ports", "0");
            assertThat(namespace.call(() -> new LinuxPorts().reserved())).hasValue(PortSet.EMPTY);
        }
    }

    /** Linux takes no more than a page at once, and adds what the same file is told after that. */
    private static void reserveEveryOther() throws Exception {
        try (var file = new FileOutputStream("/proc/sys/net/ipv4/ip_local_reserved_ports")) {
            for (int i = 0; i < EVERY_OTHER.length; i += 500) {
                file.write(text(Arrays.copyOfRange(EVERY_OTHER, i, i + 500)).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static String text(int[] ports) {
        return IntStream.of(ports).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    @Test
    void an_interrupted_thread_reads_as_well_and_stays_interrupted() throws Exception {
        write("sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
        write("sys/net/ipv4/ip_local_reserved_ports", "5000\n");
        write("thread-self/net/tcp", TABLE);
        Thread.currentThread().interrupt();
        try {
            var ports = new LinuxPorts(proc);
            assertThat(ports.dynamicRange()).contains(new PortRange(32_768, 60_999));
            assertThat(ports.reserved()).hasValue(PortSet.parse("5000"));
            assertThat(ports.listening()).isEqualTo(PortSet.parse("8080"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static final String TABLE = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
               1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1
            """;

    @Test
    void what_is_not_there_or_not_readable_is_not_known() throws Exception {
        var ports = new LinuxPorts(proc);
        assertThat(ports.dynamicRange()).isEmpty();
        assertThat(ports.reserved()).isEmpty();
        assertThat(ports.listening()).isEqualTo(PortSet.EMPTY);
        for (String text : new String[] {"", "\n", "32768\n", "60999 32768\n", "a b\n", "1 99999\n", "1 2 3\n"}) {
            write("sys/net/ipv4/ip_local_port_range", text);
            assertThat(ports.dynamicRange()).as(text).isEmpty();
        }
        for (String text : new String[] {"-", "5000-", "x", "70000"}) {
            write("sys/net/ipv4/ip_local_reserved_ports", text);
            assertThat(ports.reserved()).as(text).isEmpty();
        }
        for (String text :
                new String[] {"", "heading\n", "heading\n1: x y 0A z\n", "heading\n1: 00:FFFFF 0:0 0A 0 0\n"}) {
            write("thread-self/net/tcp", text);
            assertThat(ports.listening()).as(text).isEqualTo(PortSet.EMPTY);
        }
    }

    private void write(String name, String text) throws Exception {
        Path file = proc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

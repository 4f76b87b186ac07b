package dev.berth.linux.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Elsewhere;
import dev.berth.linux.kernel.FilesOnDisk;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The running kernel; what is written is written in a private network namespace. */
@EnabledOnOs(OS.LINUX)
class LiveSettingsTest {
    /** Each write(2) ends at a comma: the kernel takes a page at most, and would read a number cut in two as two. */
    private static final String WRITE = """
            import os, sys
            ports = sys.argv[1].split(',')
            reserved = os.open('/proc/sys/net/ipv4/ip_local_reserved_ports', os.O_WRONLY)
            for i in range(0, len(ports), 500):
                os.write(reserved, (','.join(ports[i:i + 500]) + ',').encode())
            os.close(reserved)
            os.execv(sys.argv[2], sys.argv[2:])
            """;

    @Test
    void this_kernel_tells_its_range_and_its_counters() {
        Settings settings = LinuxSettings.read(new FilesOnDisk());

        assertThat(settings.policy(Protocol.TCP).dynamic()).isNotNull();
        assertThat(settings.policy(Protocol.TCP).firstUnprivileged()).isNotNull();
        assertThat(settings.tunables()).containsKeys("net.ipv4.tcp_tw_reuse", "net.ipv4.tcp_timestamps");
        assertThat(settings.counters())
                .containsKeys("TcpExt.TW", "TcpExt.TCPTimeWaitOverflow", "Tcp.ActiveOpens", "sockstat.TCP.tw");
    }

    @Test
    void two_thousand_reserved_ports_are_all_read() throws Exception {
        String ports = IntStream.range(0, 2_000)
                .map(i -> 10_001 + 2 * i)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));

        String said = Elsewhere.run(List.of("unshare", "-n", "python3", "-c", WRITE, ports), Reserved.class);

        assertThat(PortSet.parse(said.strip())).isEqualTo(PortSet.parse(ports));
    }

    /** What runs in the private namespace: tells the reserved ports. */
    static final class Reserved {
        private Reserved() {}

        public static void main(String[] arguments) {
            System.out.println(
                    LinuxSettings.read(new FilesOnDisk()).policy(Protocol.TCP).reserved());
        }
    }
}

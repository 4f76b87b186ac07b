package dev.berth.linux.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.configured.ServiceLines;
import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.net.Cases;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.capture.AddressPseudonyms;
import dev.berth.platform.capture.Pseudonyms;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScrubTest {
    private final Scrub scrub = Scrub.of(new FilesInMemory()
            .with(
                    "/etc/passwd",
                    "root:x:0:0:root:/root:/bin/sh\npostgres:x:70:70::/:\nada:x:1000:1000:Ada L:/home/ada:\n")
            .with("/proc/sys/kernel/hostname", "db1\n"));

    @Test
    void an_address_stays_what_it_was_and_becomes_another() {
        Map<IpAddress, IpAddress> back = new HashMap<>();
        var addresses = new AddressPseudonyms(new Pseudonyms());
        Cases.of(SomeSockets::address).forEach(address -> {
            IpAddress other = addresses.of(address);
            assertThat(addresses.of(address)).isEqualTo(other);
            assertThat(kindOf(other)).isEqualTo(kindOf(address));
            assertThat(back.merge(other, address, (first, second) -> second)).isEqualTo(address);
            assertThat(back.values().stream().filter(address::equals)).hasSize(1);
        });
    }

    @Test
    void another_capture_has_other_pseudonyms() {
        var address = IpAddress.parse("93.184.216.34");
        assertThat(new AddressPseudonyms(new Pseudonyms()).of(address))
                .isNotEqualTo(new AddressPseudonyms(new Pseudonyms()).of(address))
                .isNotEqualTo(address);
    }

    @Test
    void of_a_socket_nothing_changes_but_its_addresses() {
        Cases.of(SomeSockets::datagram).forEach(datagram -> {
            ByteBuffer rest = SomeSockets.withoutAddresses(datagram);
            List<IpAddress> before = SomeSockets.addresses(datagram);
            scrub.datagram(datagram);
            List<IpAddress> after = SomeSockets.addresses(datagram);
            assertThat(SomeSockets.withoutAddresses(datagram)).isEqualTo(rest);
            assertThat(datagram.position()).isZero();
            for (int i = 0; i < before.size(); i++) {
                for (int j = 0; j < before.size(); j++) {
                    assertThat(after.get(i).equals(after.get(j)))
                            .isEqualTo(before.get(i).equals(before.get(j)));
                }
            }
        });
    }

    @Test
    void procfs_and_sock_diag_give_an_address_the_same_pseudonym() {
        String line =
                "   0: 0100007F:0016 0302010A:9C40 01 00000000:00000000 00:00000000 00000000     0        0 12 1\n";
        String scrubbed = text("/proc/net/tcp", line);
        assertThat(scrubbed)
                .startsWith("   0: 0100007F:0016 ")
                .doesNotContain("0302010A")
                .hasSameSizeAs(line);
        String v6 = "   0: 0000000000000000FFFF00000302010A:0016 00000000000000000000000001000000:0000 0A 0\n";
        String digits = scrubbed.substring(20, 28);
        assertThat(text("/proc/net/tcp6", v6)).isEqualTo(v6.replace("0302010A", digits));
    }

    @Test
    void of_a_command_line_only_the_program_stays() {
        assertThat(text("/proc/7/cmdline", "/opt/ada/bin/java\0-jar\0/home/ada/x.jar\0"))
                .isEqualTo("java\0");
        assertThat(text("/proc/7/cmdline", "postgres: ada db1 10.1.2.3(4711) idle\0\0"))
                .isEqualTo("postgres:\0");
        assertThat(text("/proc/7/cmdline", "")).isEmpty();
    }

    @Test
    void users_and_the_host_have_pseudonyms_wherever_they_occur() {
        assertThat(text("/proc/sys/kernel/hostname", "db1\n")).matches("host-[0-9a-f]{8}\n");
        assertThat(text("/etc/passwd", "root:x:0:\npostgres:x:70:\n")).matches("root:x:0:\nuser-[0-9a-f]{8}:x:70:\n");
        assertThat(text("/proc/7/cgroup", "0::/system.slice/backup-ada-db1.service\n"))
                .matches("0::/system.slice/backup-user-[0-9a-f]{8}-host-[0-9a-f]{8}.service\n");
        assertThat(text("/proc/7/cgroup", "0::/system.slice/postgres.service\n"))
                .isEqualTo("0::/system.slice/postgres.service\n");
    }

    @Test
    void a_settings_file_loses_its_remarks_and_keeps_its_line_numbers() {
        assertThat(text("/etc/sysctl.d/a.conf", "# Ada's\nkernel.domainname = x\nnet.ipv4.tcp_tw_reuse = 1\n"))
                .isEqualTo("#\n#\nnet.ipv4.tcp_tw_reuse = 1\n");
    }

    @Test
    void a_configured_service_keeps_its_port_and_not_its_address() {
        var address = IpAddress.parse("93.184.216.34");
        var service = new ConfiguredServices.Service(
                "SQL Server", Protocol.TCP, PortRange.of(1433), address, null, "/srv/ada/x.conf:12", true);
        var services = new ConfiguredServices(List.of(service), List.of());

        var scrubbed = ServiceLines.parse(scrub.output(ServiceLines.text(services)));

        assertThat(scrubbed.gaps()).isEmpty();
        assertThat(scrubbed.services()).singleElement().satisfies(other -> {
            assertThat(other.ports()).isEqualTo(PortRange.of(1433));
            assertThat(other.address()).isNotNull().isNotEqualTo(address);
            assertThat(other.source()).matches("/srv/user-[0-9a-f]{8}/x\\.conf:12");
        });
    }

    private String text(String path, String contents) {
        return new String(scrub.file(path, contents.getBytes(UTF_8)), UTF_8);
    }

    private static String kindOf(IpAddress address) {
        String text = address.toString();
        if (address.isV4()) {
            int first = Integer.parseInt(text.substring(0, text.indexOf('.')));
            int second = Integer.parseInt(text.split("\\.", -1)[1]);
            if (first == 0 || first == 127 || first >= 240) {
                return text;
            }
            return first == 10
                    ? "private 10"
                    : first == 172 && second / 16 == 1
                            ? "private 172.16"
                            : first == 192 && second == 168
                                    ? "private 192.168"
                                    : first == 100 && second / 64 == 1
                                            ? "shared"
                                            : first == 169 && second == 254
                                                    ? "link-local"
                                                    : first >= 224 ? "multicast" : "public";
        }
        if (address.isAny() || address.isLoopback()) {
            return text;
        }
        long high = address.high();
        return high >>> 54 == 0xfe80 >> 6
                ? "v6 link-local"
                : high >>> 57 == 0xfc >> 1
                        ? "v6 private"
                        : high >>> 56 == 0xff
                                ? "v6 multicast " + (high >>> 48)
                                : high >>> 61 == 1 ? "v6 public" : "v6 other";
    }
}

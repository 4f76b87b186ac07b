package dev.berth.linux.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.SourcedRange;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LinuxSettingsTest {
    private final FilesInMemory files = new FilesInMemory()
            .with("/proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n")
            .with("/proc/sys/net/ipv4/ip_local_reserved_ports", "\n")
            .with("/proc/sys/net/ipv4/ip_unprivileged_port_start", "1024\n")
            .with("/proc/net/netstat", "TcpExt: TW TWRecycled\nTcpExt: 5 3\nIpExt: InPkts\nIpExt: 9\n")
            .with("/proc/net/snmp", "Tcp: MaxConn ActiveOpens\nTcp: -1 12\nUdp: InDatagrams\nUdp: 7\n")
            .with(
                    "/proc/net/sockstat",
                    "sockets: used 9\nTCP: inuse 1 orphan 0 tw 4 alloc 5 mem 2\nUDP: inuse 2 mem 0\n");

    @Test
    void one_policy_serves_both_protocols_and_both_families() {
        Settings settings = LinuxSettings.read(files);

        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                assertThat(settings.policy(protocol, family))
                        .isEqualTo(new PortPolicy(
                                new PortRange(32768, 60999),
                                PortSet.EMPTY,
                                java.util.List.of(),
                                java.util.List.of(),
                                1024,
                                PortPolicy.Persistent.NOTHING));
            }
        }
        assertThat(settings.gaps()).isEmpty();
    }

    @Test
    void values_are_kept_with_one_blank_between_their_words() {
        assertThat(LinuxSettings.read(files).running("net.ipv4.ip_local_port_range"))
                .isEqualTo("32768 60999");
    }

    @Test
    void port_zero_is_clipped_from_the_set_and_kept_in_the_text() {
        files.with("/proc/sys/net/ipv4/ip_local_reserved_ports", "0-3,8080\n");

        Settings settings = LinuxSettings.read(files);

        assertThat(settings.policy(Protocol.TCP).reserved()).isEqualTo(PortSet.parse("1-3,8080"));
        assertThat(settings.running("net.ipv4.ip_local_reserved_ports")).isEqualTo("0-3,8080");
    }

    @Test
    void each_reserved_range_names_the_line_that_explains_it() {
        files.with("/proc/sys/net/ipv4/ip_local_reserved_ports", "1433,8080-8090\n")
                .with("/etc/sysctl.d/10-old.conf", "net.ipv4.ip_local_reserved_ports = 1433\n")
                .with("/etc/sysctl.d/50-web.conf", "# web\nnet.ipv4.ip_local_reserved_ports = 8080-8085,9000\n");

        PortPolicy policy = LinuxSettings.read(files).policy(Protocol.TCP);

        assertThat(policy.reservedSources())
                .containsExactly(
                        new SourcedRange(PortRange.of(1433), "running"),
                        new SourcedRange(new PortRange(8080, 8085), "/etc/sysctl.d/50-web.conf:2"),
                        new SourcedRange(new PortRange(8086, 8090), "running"));
        assertThat(policy.persistent().reserved()).isEqualTo(PortSet.parse("8080-8085,9000"));
        assertThat(policy.persistent().reservedSource()).isEqualTo("/etc/sysctl.d/50-web.conf:2");
    }

    @Test
    void sysctl_files_say_nothing_about_another_namespace() {
        files.with("/etc/sysctl.d/60-range.conf", "net.ipv4.ip_local_port_range = 10240 65535\n");

        Settings settings = LinuxSettings.read(files, new NetworkNamespace(7, null));

        assertThat(settings.policy(Protocol.TCP).persistent()).isEqualTo(PortPolicy.Persistent.NOTHING);
        assertThat(settings.gaps()).extracting(Gap::what).containsExactly("what the next start sets");
    }

    @Test
    void a_persistent_range_is_told_apart_from_the_running_one() {
        files.with("/etc/sysctl.d/60-range.conf", "net.ipv4.ip_local_port_range = 10240\t65535\n");

        PortPolicy policy = LinuxSettings.read(files).policy(Protocol.TCP);

        assertThat(policy.dynamic()).isEqualTo(new PortRange(32768, 60999));
        assertThat(policy.persistent().dynamic()).isEqualTo(new PortRange(10240, 65535));
        assertThat(policy.persistent().dynamicSource()).isEqualTo("/etc/sysctl.d/60-range.conf:1");
    }

    @Test
    void a_list_the_kernel_would_refuse_is_a_gap_and_reserves_nothing() {
        files.with("/etc/sysctl.d/50-web.conf", "net.ipv4.ip_local_reserved_ports = 8080, 9000\n");

        Settings settings = LinuxSettings.read(files);

        assertThat(settings.policy(Protocol.TCP).persistent().reserved()).isNull();
        assertThat(settings.gaps())
                .extracting(Gap::what)
                .containsExactly("the reserved ports that /etc/sysctl.d/50-web.conf:1 sets");
    }

    @Test
    void what_may_not_be_read_is_null_and_a_gap_never_zero() {
        files.withForbidden("/proc/sys/net/ipv4/ip_local_port_range").withForbidden("/proc/net/sockstat");

        Settings settings = LinuxSettings.read(files);

        assertThat(settings.policy(Protocol.TCP).dynamic()).isNull();
        assertThat(settings.running("net.ipv4.ip_local_port_range")).isNull();
        assertThat(settings.counter("sockstat.TCP.tw")).isEmpty();
        assertThat(settings.gaps())
                .extracting(Gap::what)
                .containsExactly("net.ipv4.ip_local_port_range", "some of the kernel's counters");
    }

    @Test
    void a_module_that_is_not_loaded_is_no_gap() {
        Settings settings = LinuxSettings.read(files);

        assertThat(settings.tunables()).doesNotContainKey("net.netfilter.nf_conntrack_max");
        assertThat(settings.gaps()).isEmpty();
    }

    @Test
    void a_setting_that_only_a_file_knows_is_still_told() {
        files.with("/etc/sysctl.d/70-nat.conf", "net.netfilter.nf_conntrack_max = 500000\n");

        var tunable =
                Objects.requireNonNull(LinuxSettings.read(files).tunables().get("net.netfilter.nf_conntrack_max"));

        assertThat(tunable.running()).isNull();
        assertThat(tunable.assignments()).hasSize(1);
    }

    @Test
    void a_setting_that_linux_no_longer_has_is_still_read_from_files() {
        files.with("/etc/sysctl.d/70-old.conf", "net.ipv4.tcp_tw_recycle = 1\n");

        var tunable =
                Objects.requireNonNull(LinuxSettings.read(files).tunables().get("net.ipv4.tcp_tw_recycle"));

        assertThat(tunable.running()).isNull();
        assertThat(Objects.requireNonNull(tunable.persistent()).source()).isEqualTo("/etc/sysctl.d/70-old.conf:1");
    }

    @Test
    void a_number_in_force_may_be_negative_and_is_empty_where_it_is_none() {
        files.with("/proc/sys/net/ipv4/tcp_ehash_entries", "-262144\n")
                .with("/proc/sys/net/netfilter/nf_conntrack_buckets", "16384\n")
                .with("/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_time_wait", "120\n");

        Settings settings = LinuxSettings.read(files);

        assertThat(settings.number("net.ipv4.tcp_ehash_entries")).hasValue(-262_144);
        assertThat(settings.number("net.netfilter.nf_conntrack_buckets")).hasValue(16_384);
        assertThat(settings.number("net.netfilter.nf_conntrack_tcp_timeout_time_wait"))
                .hasValue(120);
        assertThat(settings.number("net.ipv4.ip_local_port_range")).isEmpty();
        assertThat(settings.number("net.ipv4.tcp_tw_reuse")).isEmpty();
    }

    @Test
    void counters_carry_the_kernels_own_names() {
        files.with(
                "/proc/net/stat/nf_conntrack",
                "entries insert_failed drop\n0000000a 00000002 0\n0000000a 000000ff 1\n");

        Settings settings = LinuxSettings.read(files);

        assertThat(settings.counters())
                .containsEntry("TcpExt.TWRecycled", 3L)
                .containsEntry("Tcp.ActiveOpens", 12L)
                .containsEntry("Tcp.MaxConn", -1L)
                .containsEntry("sockstat.TCP.tw", 4L)
                .containsEntry("sockstat.sockets.used", 9L)
                .containsEntry("nf_conntrack.insert_failed", 257L)
                .doesNotContainKey("nf_conntrack.entries");
    }

    @Test
    void a_counter_that_is_no_number_is_unknown() {
        files.with("/proc/net/netstat", "TcpExt: TW TWRecycled TWKilled\nTcpExt: 18446744073709551616 x 3\n");

        assertThat(LinuxSettings.read(files).counters())
                .containsEntry("TcpExt.TWKilled", 3L)
                .doesNotContainKeys("TcpExt.TW", "TcpExt.TWRecycled");
    }
}

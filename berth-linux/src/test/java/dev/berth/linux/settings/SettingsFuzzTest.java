package dev.berth.linux.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.linux.kernel.FilesInMemory;

/** Whatever stands in a file: an answer comes out, never an exception. */
class SettingsFuzzTest {
    @FuzzTest
    void any_file_of_assignments_is_read(@NotNull String text) {
        var files = new FilesInMemory().with("/etc/sysctl.d/a.conf", text);

        assertThat(SysctlConfiguration.read(new FilesOrGaps(files)).of("net.ipv4.ip_local_reserved_ports"))
                .isNotNull();
    }

    @FuzzTest
    void any_counters_are_read(@NotNull String text) {
        var counters = new KernelCounters();

        counters.addNamedPairs(text, "Tcp", "TcpExt");
        counters.addSockstat(text);
        counters.addConntrack(text);

        assertThat(counters.values()).isNotNull();
    }

    @FuzzTest
    void any_running_values_are_read(@NotNull String text) {
        var files = new FilesInMemory()
                .with("/proc/sys/net/ipv4/ip_local_port_range", text)
                .with("/proc/sys/net/ipv4/ip_local_reserved_ports", text)
                .with("/proc/sys/net/ipv4/ip_unprivileged_port_start", text);

        assertThat(LinuxSettings.read(files)).isNotNull();
    }
}

package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.FilesOnDisk;
import dev.berth.platform.Ancestry;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessesTest {
    private final FilesInMemory files = new FilesInMemory()
            .with("/proc/stat", "cpu 1 2\nintr 5\nbtime 1700000000\nprocesses 9\n")
            .with("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\n")
            .with("/proc/42/stat", "42 (nginx) S 7 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 250 1000 200 1\n")
            .with("/proc/42/status", "Name:\tnginx\nUid:\t0\t33\t33\t33\nGid:\t33\t33\t33\t33\n")
            .with("/proc/42/cgroup", "0::/system.slice/nginx.service\n")
            .with("/proc/42/cmdline", "nginx\0--api-token\0abc\0-p\u00008080\0");

    @Test
    void a_process_is_told_with_all_that_identifies_it() {
        assertThat(new Processes(files).of(42))
                .contains(new ProcessInfo(
                        42,
                        "nginx",
                        "nginx --api-token *** -p 8080",
                        "www-data",
                        Instant.parse("2023-11-14T22:13:22.500Z"),
                        "nginx.service",
                        null));
    }

    @Test
    void a_process_that_has_ended_is_empty() {
        assertThat(new Processes(files).of(43)).isEmpty();
    }

    @Test
    void a_user_without_a_name_keeps_the_number() {
        files.with("/proc/42/status", "Uid:\t4711\t4711\t4711\t4711\n");

        assertThat(new Processes(files).of(42).orElseThrow().user()).isEqualTo("4711");
    }

    @Test
    void a_kernel_thread_has_no_command_line() {
        files.with("/proc/42/cmdline", "");

        assertThat(new Processes(files).of(42).orElseThrow().command()).isNull();
    }

    @Test
    void what_cannot_be_read_is_unknown() {
        files.withForbidden("/proc/42/status").withForbidden("/proc/stat").withForbidden("/proc/42/cgroup");

        ProcessInfo process = new Processes(files).of(42).orElseThrow();

        assertThat(process.user()).isNull();
        assertThat(process.startedAt()).isNull();
        assertThat(process.unit()).isNull();
    }

    private static String stat(int pid, int parent, int ticks) {
        return pid + " (x) S " + parent + " 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + ticks + " 0 0 0\n";
    }

    private static ProcessRef started(int pid, int ticks) {
        return new ProcessRef(pid, Instant.ofEpochSecond(1_700_000_000).plusMillis(ticks * 10L));
    }

    @Test
    void the_line_goes_from_this_process_up_to_the_first() {
        files.with("/proc/self/stat", stat(43, 42, 300)).with("/proc/7/stat", stat(7, 1, 200));
        files.with("/proc/1/stat", stat(1, 0, 1));

        Ancestry ancestry = new Processes(files).ancestry();

        assertThat(ancestry)
                .isEqualTo(new Ancestry(
                        List.of(started(43, 300), started(42, 250), started(7, 200), started(1, 1)), true));
        assertThat(ancestry.mayHave(started(7, 200))).isTrue();
        assertThat(ancestry.mayHave(started(8, 100))).isFalse();
    }

    @Test
    void a_line_that_is_hidden_further_up_may_have_whoever_is_older_than_what_is_seen() {
        files.with("/proc/self/stat", stat(43, 42, 300)); // 7, who started 42, is not shown

        Ancestry ancestry = new Processes(files).ancestry();

        assertThat(ancestry.whole()).isFalse();
        assertThat(ancestry.mayHave(started(8, 100))).isTrue();
        assertThat(ancestry.mayHave(started(8, 250))).isTrue();
        assertThat(ancestry.mayHave(started(44, 251))).isFalse();
        assertThat(ancestry.mayHave(started(42, 250))).isTrue();
    }

    @Test
    void of_a_process_that_cannot_see_itself_anybody_may_be_above() {
        assertThat(new Processes(new FilesInMemory()).ancestry().mayHave(started(8, 100)))
                .isTrue();
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void this_very_process_is_told_as_the_jdk_tells_it() {
        ProcessHandle self = ProcessHandle.current();

        ProcessInfo process =
                new Processes(new FilesOnDisk()).of(Math.toIntExact(self.pid())).orElseThrow();

        assertThat(process.user()).isEqualTo(self.info().user().orElseThrow());
        assertThat(process.command()).contains("java");
        assertThat(process.startedAt())
                .isCloseTo(
                        self.info().startInstant().orElseThrow(),
                        org.assertj.core.api.Assertions.within(
                                Duration.ofSeconds(2).toMillis(), ChronoUnit.MILLIS));
    }
}

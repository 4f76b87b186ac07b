package dev.berth.linux.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.Programs;
import dev.berth.linux.processes.Processes;
import dev.berth.platform.ActOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stand-in for systemctl. */
@DisabledOnOs(OS.WINDOWS)
class ServiceStopTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String STAT = " S %d 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0 0\n";

    @TempDir
    private Path folder = Path.of("");

    private final FilesInMemory files = new FilesInMemory()
            .with("/proc/stat", "btime 1700000000\n")
            .with("/proc/self/stat", "43 (berth)" + STAT.formatted(42, 300))
            .with("/proc/43/stat", "43 (berth)" + STAT.formatted(42, 300))
            .with("/proc/43/cgroup", "0::/system.slice/system-job.slice/job@1.service\n")
            .with("/proc/42/stat", "42 (sh)" + STAT.formatted(1, 200))
            .with("/proc/42/cgroup", "0::/system.slice/cron.service\n")
            .with("/proc/1/stat", "1 (systemd)" + STAT.formatted(0, 1))
            .with("/proc/1/cgroup", "0::/init.scope\n");

    private ActOutcome stop(String unit, Duration most) {
        return new ServiceStop(new Programs(List.of("relative", "/no/such", folder.toString())), new Processes(files))
                .stop(unit, most);
    }

    private Path systemctl(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("systemctl"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    @Test
    void systemctl_is_asked_for_that_unit_and_nothing_else() throws Exception {
        systemctl("echo \"$LC_ALL $*\" > " + folder + "/asked");

        assertThat(stop("getty@tty1.service", LONG)).isEqualTo(new ActOutcome.Done());

        assertThat(folder.resolve("asked")).hasContent("C --no-ask-password stop -- getty@tty1.service");
    }

    @Test
    void its_error_text_is_told() throws Exception {
        systemctl("echo 'Job for web.service canceled.' >&2; exit 1");

        assertThat(stop("web.service", LONG)).isEqualTo(new ActOutcome.Failed("Job for web.service canceled."));
    }

    @Test
    void the_wait_for_it_is_bounded() throws Exception {
        systemctl("exec sleep 60");
        long start = System.nanoTime();

        assertThat(stop("web.service", Duration.ofMillis(300)))
                .isEqualTo(new ActOutcome.Failed(
                        "systemctl had not stopped web.service after 0.3 s; the stop may still be under way"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void more_text_than_a_pipe_holds_does_not_stop_it() throws Exception {
        systemctl("head -c 300000 /dev/zero | tr '\\0' x; exit 1");

        assertThat(stop("web.service", LONG))
                .isInstanceOfSatisfying(
                        ActOutcome.Failed.class,
                        failed -> assertThat(failed.why()).matches("x{4096}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web",
                "web.socket",
                "docker-0123.scope",
                "*.service",
                "web?.service",
                "[a-z].service",
                "--force.service",
                "-.service",
                ".service",
                "web.service nginx.service",
                "web.service\n",
                "a/b.service",
                "a;b.service",
                "$(reboot).service",
                "user@1000.service"
            })
    void what_does_not_name_one_service_of_the_system_is_refused(String unit) throws Exception {
        Path asked = folder.resolve("asked");
        systemctl("touch " + asked);

        assertThat(stop(unit, LONG)).isInstanceOf(ActOutcome.Failed.class);

        assertThat(asked).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job@1.service", "cron.service"})
    void a_service_that_berth_runs_in_is_refused(String unit) throws Exception {
        systemctl("exit 0");

        assertThat(stop(unit, LONG))
                .isEqualTo(new ActOutcome.Failed("Berth runs in " + unit + ", and would end with it"));
    }

    @Test
    void without_systemctl_there_is_no_such_act() {
        assertThat(stop("web.service", LONG))
                .isEqualTo(new ActOutcome.NotOnThisSystem("there is no systemctl on the PATH"));
    }
}

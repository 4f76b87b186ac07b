package dev.berth.linux.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Errno;
import dev.berth.linux.kernel.NativeCallException;
import dev.berth.platform.ActOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What errors mean that cannot be brought about here. */
class OutcomesTest {
    private static ActOutcome of(String call, int errno) {
        return ProcessEnd.outcome(new NativeCallException(call, errno), 42);
    }

    @ParameterizedTest
    @CsvSource({"pidfd_open,38", "pidfd_send_signal,38", "pidfd_open,1"})
    void a_kernel_or_a_sandbox_without_pidfds_is_told_and_nothing_else_is_tried(String call, int errno) {
        assertThat(of(call, errno))
                .isEqualTo(new ActOutcome.NotOnThisSystem("signals are sent through pidfd_open and pidfd_send_signal"
                        + " alone, which Linux has since 5.3, and which are not to be had here"));
    }

    @Test
    void a_refused_signal_a_vanished_process_and_anything_else_are_told_apart() {
        assertThat(of("pidfd_send_signal", Errno.EPERM))
                .isEqualTo(new ActOutcome.NotPermitted("CAP_KILL, or the same user"));
        assertThat(of("pidfd_send_signal", Errno.ESRCH)).isEqualTo(new ActOutcome.Gone("process 42 has ended"));
        assertThat(of("pidfd_open", Errno.EINVAL)).isEqualTo(new ActOutcome.Failed("pidfd_open: EINVAL"));
    }

    private static ActOutcome systemctl(int exit, String said) {
        return ServiceStop.outcome("web.service", exit, said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to stop web.service: Access denied\nSee system logs and 'systemctl status web.service'",
                "Failed to stop web.service: Interactive authentication required.",
                "Failed to connect to bus: Permission denied"
            })
    void a_refusal_of_systemd_is_not_permitted(String said) {
        assertThat(systemctl(4, said))
                .isEqualTo(new ActOutcome.NotPermitted(
                        "root, or a polkit rule for org.freedesktop.systemd1.manage-units"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System has not been booted with systemd as init system (PID 1). Can't operate.\n"
                        + "Failed to connect to bus: Host is down",
                "Failed to connect to bus: No such file or directory",
                "Failed to connect to system scope bus via local transport: No such file or directory"
            })
    void a_machine_without_systemd_says_so(String said) {
        assertThat(systemctl(1, said)).isEqualTo(new ActOutcome.NotOnThisSystem(said));
    }

    @Test
    void a_service_that_is_not_loaded_is_gone() {
        assertThat(systemctl(5, "Failed to stop web.service: Unit web.service not loaded."))
                .isEqualTo(new ActOutcome.Gone("systemd has no web.service loaded"));
    }

    @Test
    void any_other_failure_keeps_its_own_words() {
        assertThat(systemctl(1, "Job for web.service canceled."))
                .isEqualTo(new ActOutcome.Failed("Job for web.service canceled."));
        assertThat(systemctl(7, "")).isEqualTo(new ActOutcome.Failed("systemctl ended with exit code 7"));
    }
}

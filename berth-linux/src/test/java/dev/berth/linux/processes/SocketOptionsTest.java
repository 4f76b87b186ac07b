package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Errno;
import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.linux.kernel.NativeCallException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why flags cannot be read, where that cannot be brought about here. */
class SocketOptionsTest {
    private final FilesInMemory files = new FilesInMemory();

    private String why(String call, int errno) {
        return SocketOptions.why(new NativeCallException(call, errno), 42, files);
    }

    @ParameterizedTest
    @CsvSource({"pidfd_open,5.3", "pidfd_getfd,5.6"})
    void a_kernel_without_the_call_is_told_since_when_there_is_one(String call, String since) {
        assertThat(why(call, Errno.ENOSYS))
                .isEqualTo("this kernel has no " + call + ", which Linux has since " + since);
    }

    @Test
    void a_refusal_names_what_would_permit_it() {
        assertThat(why("pidfd_getfd", Errno.EPERM))
                .isEqualTo("process 42 may not be asked: that takes the same user, or CAP_SYS_PTRACE");
        files.with("/proc/sys/kernel/yama/ptrace_scope", "1\n");
        assertThat(why("pidfd_getfd", Errno.EPERM))
                .isEqualTo(
                        "process 42 may not be asked: that takes CAP_SYS_PTRACE, since kernel.yama.ptrace_scope is 1");
        files.with("/proc/sys/kernel/yama/ptrace_scope", "3\n");
        assertThat(why("pidfd_getfd", Errno.EPERM)).contains("forbids it to everybody");
    }

    @Test
    void a_descriptor_or_a_process_that_went_away_is_told_as_such() {
        assertThat(why("pidfd_getfd", Errno.EBADF)).isEqualTo("process 42 has closed the socket meanwhile");
        assertThat(why("pidfd_open", Errno.ESRCH))
                .isEqualTo("process 42 has ended meanwhile, or is in another pid namespace");
        assertThat(why("getsockopt", Errno.EOPNOTSUPP)).isEqualTo("getsockopt: EOPNOTSUPP");
    }
}

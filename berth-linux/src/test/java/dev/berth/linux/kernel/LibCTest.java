package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Linker;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LibCTest {
    private final LibC libc = Objects.requireNonNull(LibC.here());

    @Test
    void errno_is_the_whole_of_the_captured_state() {
        assertThat(Linker.Option.captureStateLayout().byteSize()).isEqualTo(Integer.BYTES);
    }

    @Test
    void a_failed_call_names_itself_and_its_errno() {
        assertThatThrownBy(() -> libc.openat(LibC.AT_FDCWD, NativeBuffer.ofText("/no/such/file"), LibC.O_RDONLY))
                .isInstanceOf(NativeCallException.class)
                .hasMessage("openat: ENOENT");
    }

    @Test
    void a_directory_is_opened_listed_and_its_links_read() throws Exception {
        int directory =
                libc.openat(LibC.AT_FDCWD, NativeBuffer.ofText("/proc/self/fd"), LibC.O_RDONLY | LibC.O_CLOEXEC);
        try {
            var entries = new NativeBuffer(32 * 1024);
            assertThat(libc.getdents64(directory, entries)).isGreaterThan(2 * 24);
            var target = new NativeBuffer(64);
            int length = libc.readlinkat(
                    directory, NativeBuffer.ofText(Integer.toString(directory)).address(), target);
            byte[] text = new byte[length];
            target.bytes().get(0, text);
            assertThat(new String(text, StandardCharsets.UTF_8)).matches("/proc/\\d+/fd");
        } finally {
            libc.close(directory);
        }
    }

    @Test
    void a_socket_option_reads_back() throws Exception {
        int socket = libc.socket(2, 1, 0);
        try {
            assertThat(libc.getsockopt(socket, 1, 2)).isZero();
            libc.setsockopt(socket, 1, 2, 1);
            assertThat(libc.getsockopt(socket, 1, 2)).isOne();
        } finally {
            libc.close(socket);
        }
    }

    @Test
    void an_unknown_architecture_has_no_numbers() {
        assertThat(CallNumbers.of("s390x")).isNull();
        assertThat(CallNumbers.of("amd64")).isSameAs(CallNumbers.X86_64);
        assertThat(CallNumbers.of("riscv64")).isSameAs(CallNumbers.of("aarch64"));
    }
}

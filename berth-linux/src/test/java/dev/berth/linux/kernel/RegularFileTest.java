package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegularFileTest {
    @TempDir
    private Path directory;

    @Test
    void a_file_is_read_whole_up_to_the_longest_allowed() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "12345");

        assertThat(RegularFile.read(file.toString(), 5)).asString().isEqualTo("12345");
        assertThatThrownBy(() -> RegularFile.read(file.toString(), 4)).isInstanceOf(IOException.class);
    }

    @Test
    void a_link_to_nothing_is_nothing_and_one_to_dev_null_is_empty() throws IOException {
        Path dangling = Files.createSymbolicLink(directory.resolve("a"), Path.of("nowhere"));
        Path mask = Files.createSymbolicLink(directory.resolve("b"), Path.of("/dev/null"));

        assertThat(RegularFile.read(dangling.toString(), 9)).isNull();
        assertThat(RegularFile.read(mask.toString(), 9)).isEmpty();
    }

    @Test
    void a_pipe_a_device_a_directory_and_a_file_of_the_kernel_are_refused_at_once() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path kernels = Files.createSymbolicLink(directory.resolve("a"), Path.of("/proc/self/status"));

        for (Path other : new Path[] {pipe, Path.of("/dev/zero"), directory, kernels}) {
            assertThatThrownBy(() -> RegularFile.read(other.toString(), 9))
                    .as(other.toString())
                    .isInstanceOf(IOException.class)
                    .hasMessage("it is no regular file");
        }
    }
}

package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.platform.OpenFilesLimit;
import org.junit.jupiter.api.Test;

class ProcLimitsTest {
    private static final String CORE = """
            Limit                     Soft Limit           Hard Limit           Units
            Max core file size        0                    unlimited            bytes
            """;

    private static final String FILES = """
            Max open files            1024                 524288               files     \s
            Max pending signals       31500                31500                signals
            """;

    private final FilesInMemory files = new FilesInMemory()
            .with("/proc/42/limits", CORE + FILES)
            .with("/proc/43/limits", CORE)
            .withForbidden("/proc/44/limits");

    @Test
    void the_limit_of_open_files_is_read_with_how_far_it_can_be_raised() {
        assertThat(ProcLimits.openFiles(files, 42)).contains(new OpenFilesLimit(1024, 524_288));
    }

    @Test
    void what_is_not_told_is_not_guessed() {
        assertThat(ProcLimits.openFiles(files, 41)).isEmpty();
        assertThat(ProcLimits.openFiles(files, 43)).isEmpty();
        assertThat(ProcLimits.openFiles(files, 44)).isEmpty();
    }
}

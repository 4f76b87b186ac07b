package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.system.Tools.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With programs that Wine has too. */
@EnabledOnOs(OS.WINDOWS)
public class SystemToolsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Tools tools;

    SystemToolsTest() throws Exception {
        tools = new SystemTools(Path.of(Kernel32.getSystemDirectory()));
    }

    @Test
    void a_program_of_the_system_folder_is_run_with_its_arguments() {
        assertThat(tools.run(List.of("reg", "query", "HKLM\\SYSTEM\\CurrentControlSet\\Control"), LONG))
                .isInstanceOfSatisfying(Run.Ended.class, ended -> {
                    assertThat(ended.exit()).isZero();
                    assertThat(ended.output()).contains("HKEY_LOCAL_MACHINE");
                });
    }

    @Test
    void a_program_that_is_not_there_is_missing() {
        assertThat(tools.run(List.of("no-such-program"), LONG))
                .isInstanceOfSatisfying(
                        Run.Missing.class,
                        missing -> assertThat(missing.why()).startsWith("there is no no-such-program.exe in C:\\"));
    }

    @Test
    void a_program_that_does_not_end_is_ended() {
        assertThat(tools.run(List.of("ping", "-n", "30", "127.0.0.1"), Duration.ofMillis(300)))
                .isInstanceOf(Run.TooLate.class);
    }
}

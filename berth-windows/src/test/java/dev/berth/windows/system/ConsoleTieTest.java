package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.windows.wine.Wine;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTieTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script"); // of util-linux: gives a program a terminal

    @TempDir
    private Path folder;

    /** What is run there: how many processes its console has, before and after. */
    static final class Cut {
        private static final MethodHandle GET_CONSOLE_PROCESS_LIST = new Library("kernel32.dll")
                .function("GetConsoleProcessList", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

        private Cut() {}

        public static void main(String[] args) throws Throwable {
            int before = processes();
            ConsoleTie.cut();
            System.out.print(before + " " + processes());
        }

        private static int processes() throws Throwable {
            try (var arena = Arena.ofConfined()) {
                return (int) GET_CONSOLE_PROCESS_LIST.invokeExact(arena.allocate(JAVA_INT, 16), 16);
            }
        }
    }

    @Test
    void a_process_that_cuts_it_is_on_no_console_any_more_and_still_writes_to_its_file() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT));
        Path output = folder.resolve("output");
        try (Wine wine = Wine.here()) {
            ProcessBuilder builder = wine.builder(wine.command(Wine.classPath(), Cut.class));
            String words = builder.command().stream()
                    .map(word -> "'" + word + "'")
                    .collect(Collectors.joining(" ", "", " > '" + output + "'"));
            Process running = builder.command(SCRIPT.toString(), "-qec", words, "/dev/null")
                    .redirectErrorStream(true)
                    .start();
            running.getOutputStream().close();
            var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(running.waitFor()).as(said).isZero();
        }
        assertThat(output).hasContent("1 0");
    }
}

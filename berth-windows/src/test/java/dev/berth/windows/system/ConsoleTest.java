package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.wine.Wine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    /** Says on standard error what is behind standard output. */
    static final class Look {
        private Look() {}

        public static void main(String[] args) {
            System.err.println("escapes " + Console.obeysEscapes(1) + ", pipe " + Console.isPipe(1));
        }
    }

    @Test
    void a_file_obeys_no_escape_sequence_and_is_no_pipe() throws Exception {
        try (var wine = Wine.here()) {
            assertThat(wine.java(Look.class).complaint()).contains("escapes false, pipe false");
        }
    }

    @Test
    void a_pipe_is_one() throws Exception {
        try (var wine = Wine.here()) {
            var process = wine.builder(List.of(
                            Wine.path(wine.runtime().resolve("bin/java.exe")),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            Wine.classPath(),
                            Look.class.getName()))
                    .start();
            process.getOutputStream().close();
            var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).contains("escapes false, pipe true");
        }
    }
}

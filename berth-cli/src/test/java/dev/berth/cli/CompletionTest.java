package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.platform.FakeHostNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    @TempDir
    private Path folder;

    private Path script(String shell) throws IOException {
        boolean installed =
                Files.isExecutable(Path.of("/usr/bin", shell)) || Files.isExecutable(Path.of("/bin", shell));
        assumeTrue(installed, shell + " is not installed");
        return Files.writeString(
                folder.resolve(shell),
                Ran.on(FakeHostNetwork.with(), "completion", shell).out());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void the_shell_accepts_its_script(String shell) throws Exception {
        assertThat(run(shell, "-n", script(shell).toString())).isEmpty();
    }

    @Test
    void bash_completes_commands_options_and_values() throws Exception {
        String source = "source " + script("bash") + "; complete_() { COMP_WORDS=(\"$@\");"
                + " COMP_CWORD=$(($# - 1)); _berth; echo \"${COMPREPLY[*]}\"; }; ";
        assertThat(run("bash", "-c", source + "complete_ berth wh")).isEqualTo("why who\n");
        assertThat(run("bash", "-c", source + "complete_ berth why 80 --no")).isEqualTo("--no-probe\n");
        assertThat(run("bash", "-c", source + "complete_ berth who 80 --protocol u"))
                .isEqualTo("udp\n");
    }
}

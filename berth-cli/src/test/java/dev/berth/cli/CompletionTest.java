package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.cli.command.Commands;
import dev.berth.platform.FakeHostNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    @TempDir
    private Path folder;

    private Path script(String shell) throws IOException {
        return script(shell, shell, "");
    }

    private Path script(String program, String shell, String suffix) throws IOException {
        boolean installed =
                Files.isExecutable(Path.of("/usr/bin", program)) || Files.isExecutable(Path.of("/bin", program));
        assumeTrue(installed, program + " is not installed");
        return Files.writeString(
                folder.resolve(shell + suffix),
                Ran.on(FakeHostNetwork.with(), "completion", shell).out());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @DisabledOnOs(OS.WINDOWS)
    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void the_shell_accepts_its_script(String shell) throws Exception {
        assertThat(run(shell, "-n", script(shell).toString())).isEmpty();
    }

    @Test
    void powershell_completes_commands_options_and_values() throws Exception {
        String source = ". " + script("pwsh", "powershell", ".ps1") + "; (TabExpansion2 '%s' %d).CompletionMatches"
                + ".CompletionText -join ' '";
        assertThat(run("pwsh", "-NoProfile", "-Command", source.formatted("berth wh", 8)))
                .isEqualToIgnoringNewLines("why who");
        assertThat(run("pwsh", "-NoProfile", "-Command", source.formatted("berth why 80 --no", 17)))
                .isEqualToIgnoringNewLines("--no-probe");
        assertThat(run("pwsh", "-NoProfile", "-Command", source.formatted("berth who 80 --protocol u", 25)))
                .isEqualToIgnoringNewLines("udp");
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void bash_completes_files_where_a_command_takes_them() throws Exception {
        Files.createFile(folder.resolve("error one.log"));
        String source = "source " + script("bash") + "; compopt() { :; }; complete_() { COMP_WORDS=(\"$@\");"
                + " COMP_CWORD=$(($# - 1)); _berth; printf '%s\\n' \"${COMPREPLY[@]}\"; }; cd " + folder + "; ";
        assertThat(run("bash", "-c", source + "complete_ berth explain err")).isEqualTo("error one.log\n");
        assertThat(run("bash", "-c", source + "complete_ berth explain --fol")).isEqualTo("--follow\n");
        assertThat(run("bash", "-c", source + "complete_ berth why err")).isEqualTo("\n");
        assertThat(run("bash", "-c", source + "complete_ berth map --svg err")).isEqualTo("error one.log\n");
        assertThat(run("bash", "-c", source + "complete_ berth lab self")).isEqualTo("self-connect\n");
    }

    @Test
    void the_script_of_powershell_knows_every_command_and_closes_what_it_opens() throws Exception {
        String script =
                Ran.on(FakeHostNetwork.with(), "completion", "powershell").out();
        for (String name : Commands.NAMES) {
            assertThat(script).contains("            '" + name + "' { '");
        }
        for (String pair : List.of("{}", "()", "[]")) {
            assertThat(script.chars().filter(letter -> letter == pair.charAt(0)))
                    .as(pair)
                    .hasSameSizeAs(script.chars()
                            .filter(letter -> letter == pair.charAt(1))
                            .boxed()
                            .toList());
        }
        assertThat(script.lines())
                .allSatisfy(line -> assertThat(
                                line.chars().filter(letter -> letter == '\'').count() % 2)
                        .as(line)
                        .isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "powershell"})
    void a_value_is_offered_where_every_command_takes_it(String shell) {
        List<String> clauses = Ran.on(FakeHostNetwork.with(), "completion", shell)
                .out()
                .lines()
                .filter(line -> line.strip().startsWith("--protocol)") || line.contains("'--protocol' {"))
                .toList();
        assertThat(clauses).singleElement().asString().contains("tcp udp").doesNotContain("both");
    }

    @Test
    void a_plan_has_no_protocol_of_its_own() {
        assertThat(Ran.on(FakeHostNetwork.with(), "help", "plan").out())
                .containsPattern("--protocol .*as for the command that is planned")
                .doesNotContain("tcp unless given");
    }

    @DisabledOnOs(OS.WINDOWS)
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

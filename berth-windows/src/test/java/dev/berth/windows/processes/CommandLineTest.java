package dev.berth.windows.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void what_is_joined_comes_apart_into_the_same_arguments() {
        var arguments = List.of(
                "C:\\Program Files\\db\\server.exe",
                "",
                "-p",
                "a\\",
                "a b\\",
                "say \"hi\"",
                "\\\"",
                "\\\\share\\x",
                "tab\there");
        assertThat(CommandLine.split(CommandLine.join(arguments))).isEqualTo(arguments);
    }

    @Test
    void only_secrets_are_masked() {
        assertThat(CommandLine.masked("\"C:\\a b\\x.exe\" --port 1433 --password hunter2"))
                .isEqualTo("\"C:\\a b\\x.exe\" --port 1433 --password ***");
    }
}

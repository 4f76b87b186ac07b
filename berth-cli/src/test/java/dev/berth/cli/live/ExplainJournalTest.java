package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code berth explain --journal} as a process of its own, with a script in PATH in the place of journalctl. */
@DisabledOnOs(OS.WINDOWS)
class ExplainJournalTest {
    /** As journalctl of systemd 252 wrote it, cut. */
    private static final String RECORD = """
            {"__REALTIME_TIMESTAMP":"1795315611814067","SYSLOG_IDENTIFIER":"nginx","_PID":"747918",\
            "MESSAGE":"nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)"}
            """;

    @TempDir
    private Path folder;

    private Process explain(String journalctl, String... options) throws Exception {
        Path script = Files.writeString(folder.resolve("journalctl"), "#!/bin/sh\n" + journalctl);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("records"), RECORD);
        var words = new ArrayList<>(List.of("explain", "--no-host", "--journal", "nginx.service"));
        words.addAll(List.of(options));
        var builder = new ProcessBuilder(OwnProcess.berth(words)).redirectErrorStream(true);
        builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        return builder.start();
    }

    private static String said(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void what_journald_has_of_a_unit_is_explained() throws Exception {
        Process process = explain(
                "printf '%s ' \"$@\" >'" + folder + "/asked'; cat '" + folder + "/records'",
                "--since",
                "2020-01-01T00:00:00Z",
                "--json");
        String said = said(process);
        Answer answer = Answer.of("explain", process.exitValue(), said, "");
        assertThat(answer.code()).isEqualTo(1);
        JsonNode incident = answer.at("/incidents/0");
        assertThat(incident.at("/product").asString()).isEqualTo("nginx");
        assertThat(incident.at("/local/port").asInt()).isEqualTo(80);
        assertThat(incident.at("/firstAt").asString()).startsWith("2026-11-22T02:46:51");
        assertThat(folder.resolve("asked"))
                .hasContent("-o json --no-pager --all -u nginx.service --since=@1577836800 ");
    }

    @Test
    void a_unit_without_a_record_is_no_incident() throws Exception {
        Process process = explain("echo '-- No entries --'");
        assertThat(said(process)).isEqualTo("No line tells of a port that was not to be had (0 lines read).\n");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void a_journal_that_may_not_be_read_is_refused_with_what_to_do() throws Exception {
        Process process = explain("echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1");
        assertThat(said(process))
                .contains("cannot read the journal of nginx.service", "sudo berth explain --journal nginx.service");
        assertThat(process.exitValue()).isEqualTo(3);
    }

    @Test
    void a_journal_that_is_followed_is_let_go_at_the_end() throws Exception {
        Process process = explain("cat '" + folder + "/records'; exec sleep 60", "--follow");
        var output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith("nginx cannot bind 0.0.0.0:80")) {
            line = output.readLine();
        }
        assertThat(line).isNotNull();
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();

        process.toHandle().destroy(); // which leaves its output to be read

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(output.lines()).anyMatch(rest -> rest.startsWith("All in all (1 line read)"));
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
    }
}

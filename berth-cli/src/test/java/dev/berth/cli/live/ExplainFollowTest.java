package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth explain --follow} as a process of its own, on a log that grows. */
@DisabledOnOs(OS.WINDOWS)
class ExplainFollowTest {
    private static final String LINE =
            "2026/01/01 00:00:00 [emerg] 1#1: bind() to 0.0.0.0:%d failed (98: Address already in use)%n";
    private static final int TRIES = 1_500;

    @TempDir
    private Path folder;

    private Path log;
    private Path out;
    private Path err;
    private @Nullable Process process;

    @BeforeEach
    void begins_with_one_line() throws Exception {
        log = folder.resolve("error.log");
        out = folder.resolve("out");
        err = folder.resolve("err");
        Files.writeString(log, LINE.formatted(80));
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }

    private void follow(String... options) throws Exception {
        var words = new ArrayList<>(List.of("explain", "--no-host", "--follow", log.toString()));
        words.addAll(List.of(options));
        process = new ProcessBuilder(OwnProcess.berth(words))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    private void add(String text) throws Exception {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }

    private void awaitSaid(Path where, String text) throws Exception {
        for (int tries = 0; !Files.readString(where).contains(text); tries++) {
            assertThat(running().isAlive() && tries < TRIES)
                    .as(Files.readString(out) + Files.readString(err))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    private String terminated() throws Exception {
        running().destroy();
        assertThat(running().waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    @AfterEach
    void nothing_is_left_running() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void each_kind_is_told_when_it_is_new_and_a_termination_sums_up() throws Exception {
        follow();
        awaitSaid(out, "nginx cannot bind 0.0.0.0:80");
        add("all is well\n" + LINE.formatted(80) + LINE.formatted(81));
        awaitSaid(out, "nginx cannot bind 0.0.0.0:81");

        String said = terminated();

        assertThat(running().exitValue()).isEqualTo(1);
        assertThat(said).containsOnlyOnce("0.0.0.0:81: EADDRINUSE (98)\n").containsPattern("""

                All in all \\(4 lines read\\)
                  nginx cannot bind 0.0.0.0:80: EADDRINUSE \\(98\\), 2 times, lines 1 to 3, .*
                  nginx cannot bind 0.0.0.0:81: EADDRINUSE \\(98\\), once, line 4, .*
                """);
    }

    @Test
    void a_log_that_never_rests_does_not_hold_an_incident_back() throws Exception {
        follow();
        for (int tries = 0; !Files.readString(out).contains("0.0.0.0:80") && tries < TRIES; tries++) {
            add("all is well\n");
            Thread.sleep(20);
        }
        assertThat(Files.readString(out)).contains("nginx cannot bind 0.0.0.0:80");
    }

    @Test
    void programs_get_a_document_for_each_kind() throws Exception {
        follow("--json");
        awaitSaid(out, "\"port\":80");
        add(LINE.formatted(81));
        awaitSaid(out, "\"port\":81");
        List<String> documents = terminated().lines().toList();
        assertThat(documents).hasSize(2);
        for (String document : documents) {
            assertThat(Schemas.errors("explain", document)).as(document).isEmpty();
        }
    }

    @Test
    void a_log_that_is_rotated_is_followed_into_its_successor() throws Exception {
        follow();
        awaitSaid(out, "nginx cannot bind 0.0.0.0:80");
        Files.move(log, folder.resolve("error.log.1"));
        Files.writeString(log, LINE.formatted(82));
        awaitSaid(out, "nginx cannot bind 0.0.0.0:82");
        assertThat(Files.readString(err)).contains("is another file now");
    }

    @Test
    void a_log_that_tells_nothing_ends_with_zero() throws Exception {
        Files.writeString(log, "all is well\n");
        follow();
        awaitSaid(err, "following " + log);
        assertThat(terminated()).isEqualTo("No line tells of a port that was not to be had (1 line read).\n");
        assertThat(running().exitValue()).isZero();
    }
}

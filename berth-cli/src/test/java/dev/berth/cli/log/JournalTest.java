package dev.berth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.diagnosis.explain.LogLine;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a script in the place of journalctl that prints what journalctl printed: PROVENANCE.md. */
@DisabledOnOs(OS.WINDOWS)
class JournalTest {
    @TempDir
    Path folder;

    private String program(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("journalctl"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private static String recorded() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(JournalTest.class.getResource("journal.json"))
                        .toURI())
                .toString();
    }

    private Logs read(String script, @Nullable Instant since) throws Exception {
        try (InputStream in = Journal.open(program(script), "nginx.service", since, null)) {
            return Logs.of(in, since, Logs.ORDINARY);
        }
    }

    @Test
    void each_line_of_each_record_is_a_line() throws Exception {
        Logs logs = read("cat '" + recorded() + "'", null);
        assertThat(logs.texts())
                .containsExactly(
                        "2026-11-22T02:46:51.814067Z nginx[747918]: nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)",
                        "2026-11-22T02:46:51.819698Z latin[747920]: d\u00e9faut: Address already in use",
                        "2026-11-22T02:46:51.823502Z twice[747921]: java.net.BindException: Address already in use",
                        "2026-11-22T02:46:51.960099Z java[747922]: java.net.BindException: Address already in use",
                        "2026-11-22T02:46:51.960466Z node[747922]: listen EADDRINUSE yyyyyyyyyyyyy");
        assertThat(logs.numbers()).containsExactly(1L, 2L, 3L, 5L, 8L);
        assertThat(logs.told()).extracting(LogLine::at).doesNotContainNull();
        assertThat(logs.gaps()).extracting(Gap::what).containsExactly("the letters of a line");
    }

    @Test
    void it_is_asked_for_the_unit_and_the_time_and_nothing_goes_through_a_shell() throws Exception {
        read("printf '%s\\n' \"$@\" >'" + folder + "/asked'", Instant.parse("2026-11-22T02:46:50Z"));
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .containsExactly("-o", "json", "--no-pager", "--all", "-u", "nginx.service", "--since=@1795315610");
    }

    @Test
    void records_that_are_broken_are_passed_over_and_counted() throws Exception {
        Logs logs = read(
                "echo '{\"MESSAGE\":'; echo '-- No entries --'; echo '{\"MESSAGE\":null}'; echo '{}'; cat '"
                        + recorded() + "'",
                null);
        assertThat(logs.told()).hasSize(5);
        assertThat(logs.gaps()).extracting(Gap::what).contains("1 record of the journal");
    }

    @Test
    void one_that_has_nothing_is_empty() throws Exception {
        assertThat(read("exit 0", null).lines()).isZero();
    }

    /** What journalctl of systemd 252 prints for a user who may not read the journal; it exits with 1. */
    @Test
    void a_user_who_may_read_nothing_is_told() {
        assertThatThrownBy(() ->
                        read("echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1", null))
                .isInstanceOfSatisfying(HostReadException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.NOT_PERMITTED);
                    assertThat(e.why()).isEqualTo("No journal files were opened due to insufficient permissions.");
                    assertThat(e.next()).startsWith("sudo berth explain --journal nginx.service");
                });
    }

    @Test
    void a_failure_is_told_in_its_own_words() {
        assertThatThrownBy(() -> read("echo 'Failed to parse timestamp: x' >&2; exit 1", null))
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.why()).isEqualTo("Failed to parse timestamp: x"));
        assertThatThrownBy(() -> Journal.open(folder + "/none", "nginx", null, null))
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ON_THIS_SYSTEM));
    }

    @Test
    void one_that_fails_later_leaves_a_gap() throws Exception {
        Logs logs = read("cat '" + recorded() + "'; echo broken >&2; exit 3", null);
        assertThat(logs.told()).hasSize(5);
        assertThat(logs.gaps())
                .contains(new Gap("the rest of the log", "it breaks off: journalctl ended with status 3: broken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-f", "--since=now", "a b", "a\n", "a;b", "$(x)", "*"})
    void what_is_no_name_of_a_unit_is_refused(String unit) {
        assertThatThrownBy(() -> LogSources.journal(unit, null))
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT));
    }

    @Test
    void it_is_followed_until_it_is_time_to_stop() throws Exception {
        var told = new ArrayList<LogLine>();
        var waited = new int[1];
        var patience = new Patience(pause -> told.size() == 5 || waited[0]++ > 1_000 || sleepsShortly());
        try (InputStream in =
                Journal.open(program("cat '" + recorded() + "'; exec sleep 60"), "nginx.service", null, patience)) {
            new LogReader(Logs.TRIGGERS, null, told::add).read(in);
        }
        assertThat(told).hasSize(5);
    }

    @Test
    void one_that_dies_while_it_is_followed_is_not_taken_for_its_end() throws Exception {
        Patience patience = new Patience(pause -> false);
        Path alive = folder.resolve("alive");
        Process fifo = new ProcessBuilder("mkfifo", alive.toString()).start();
        assertThat(fifo.waitFor()).isZero();
        String waits = program("read go <'" + alive + "'; echo broken >&2; exit 3");
        var told = new ArrayList<LogLine>();
        try (InputStream in = Journal.open(waits, "nginx.service", null, patience)) {
            Files.writeString(alive, "on\n");
            assertThatThrownBy(() -> new LogReader(Logs.TRIGGERS, null, told::add).read(in))
                    .isInstanceOf(IOException.class)
                    .hasMessage("journalctl ended with status 3: broken");
        }
    }

    /** The records come from another process, whose output cannot be awaited but by asking. */
    private static boolean sleepsShortly() {
        try {
            Thread.sleep(10);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Test
    void the_real_one_is_asked_where_it_is() throws Exception {
        List<String> path = List.of(System.getenv().getOrDefault("PATH", "").split(":"));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                path.stream().anyMatch(each -> Files.isExecutable(Path.of(each, Journal.PROGRAM))),
                "no journalctl here");
        try (InputStream in =
                LogSources.journal("no-such-unit-of-berth.service", Instant.parse("2020-01-01T00:00:00Z"))) {
            assertThat(Logs.of(in, null, Logs.ORDINARY).told()).isEmpty();
        } catch (HostReadException e) {
            assertThat(e.kind()).isEqualTo(Kind.NOT_PERMITTED);
        }
    }
}

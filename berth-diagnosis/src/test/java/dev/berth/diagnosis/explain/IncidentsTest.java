package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentsTest {
    private static final ErrorTexts TEXTS = ErrorTexts.shipped();

    /** Two products, one built on the other, so that the tests do not hang on those that Berth ships. */
    private static final Recogniser RECOGNISER = new Recogniser(TEXTS, sentences());

    private static List<Sentence> sentences() {
        var all = new ArrayList<Sentence>();
        all.addAll(ProductFile.read("base.yaml", """
                product: Runtime
                patterns:
                  - {line: 'runtime.connect0', means: connect, joins: above, example: x, reads: x, source: made up}
                  - {line: 'runtime.bind0', means: bind, joins: above, example: x, reads: x, source: made up}
                  - {line: 'Runtime: {error}: call', means: connect, system: windows, example: x, reads: x, source: made up}
                  - {line: 'RuntimeException: {error}', means: unknown, example: x, reads: x, source: made up}
                  - {line: 'self.connect(', means: connect, joins: below, example: x, reads: x, source: made up}
                """, TEXTS));
        all.addAll(ProductFile.read("server.yaml", """
                product: Server
                on: [Runtime]
                ports: [5432, 5433]
                patterns:
                  - {line: 'could not bind address "{address}"', means: bind, example: x, reads: x, source: made up}
                  - {line: 'server already running on port {port}?', means: bind, refusal: in-use, example: x, reads: x, source: made up}
                  - {line: 'why: {any}{error}', means: bind, example: x, reads: x, source: made up}
                  - {line: 'Server starts with port={port}', means: bind, joins: below, example: x, reads: x, source: made up}
                """, TEXTS));
        return all;
    }

    private static List<Incident> read(String... lines) {
        var told = new ArrayList<Incident>();
        var incidents = new Incidents(RECOGNISER, told::add);
        for (int i = 0; i < lines.length; i++) {
            incidents.line(new LogLine(i + 1, lines[i], null));
        }
        incidents.end();
        return told;
    }

    @Test
    void the_port_on_the_next_line_belongs_to_the_address_on_this_one() {
        List<Incident> incidents = read(
                "LOG: could not bind address \"127.0.0.1\": Address already in use",
                "HINT: Is another server already running on port 6000?");
        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.product()).isEqualTo("Server");
            assertThat(incident.local()).hasToString("127.0.0.1:6000");
            assertThat(incident.usualPorts()).isEmpty();
            assertThat(incident.text()).startsWith("LOG:");
            assertThat(incident.firstLine()).isEqualTo(1);
            assertThat(incident.lastLine()).isEqualTo(2);
        });
    }

    @Test
    void the_port_of_an_earlier_line_completes_an_error_without_one() {
        assertThat(read(
                        "Server starts with port=6001",
                        "something else",
                        "could not bind address \"10.0.0.1\": Address already in use"))
                .singleElement()
                .extracting(Incident::local)
                .hasToString("10.0.0.1:6001");
    }

    @Test
    void a_traceback_that_ends_with_the_error_tells_the_call_above_it() {
        assertThat(read("    self.connect(address)", "RuntimeException: Cannot assign requested address"))
                .singleElement()
                .extracting(Incident::operation)
                .isEqualTo(Operation.CONNECT);
    }

    @Test
    void a_call_far_above_is_of_another_traceback() {
        var lines = new ArrayList<String>();
        lines.add("    self.connect(address)");
        lines.addAll(Collections.nCopies(Joiner.FRAME_REACH, "something else"));
        lines.add("RuntimeException: Cannot assign requested address");
        assertThat(read(lines.toArray(String[]::new)))
                .singleElement()
                .extracting(Incident::operation)
                .isEqualTo(Operation.UNKNOWN);
    }

    @Test
    void without_any_port_the_products_usual_ones_are_named() {
        assertThat(read("could not bind address \"10.0.0.1\": Address already in use"))
                .singleElement()
                .extracting(Incident::usualPorts)
                .isEqualTo(List.of(5432, 5433));
    }

    @Test
    void the_same_sentence_again_is_another_incident() {
        assertThat(read("bind: Address already in use", "bind: Address already in use", "bind: Address already in use"))
                .hasSize(3);
    }

    @Test
    void a_frame_below_tells_which_call_it_was() {
        assertThat(read(
                        "ERROR request failed",
                        "RuntimeException: Cannot assign requested address",
                        "\tat runtime.connect0(Native)"))
                .singleElement()
                .extracting(Incident::operation)
                .isEqualTo(Operation.CONNECT);
    }

    @Test
    void a_frame_above_belongs_to_another_failure() {
        assertThat(read("\tat runtime.connect0(Native)", "RuntimeException: Cannot assign requested address"))
                .singleElement()
                .extracting(Incident::operation)
                .isEqualTo(Operation.UNKNOWN);
    }

    @Test
    void a_product_knows_better_than_what_it_is_built_on() {
        assertThat(read("why: RuntimeException: Address already in use"))
                .singleElement()
                .extracting(Incident::product)
                .isEqualTo("Server");
    }

    @Test
    void a_frame_of_the_next_trace_belongs_to_another_failure() {
        assertThat(read(
                        "RuntimeException: Address already in use",
                        "\tat runtime.bind0(Native)",
                        "RuntimeException: Connection refused",
                        "\tat runtime.connect0(Native)"))
                .singleElement()
                .extracting(Incident::operation)
                .isEqualTo(Operation.BIND);
    }

    @Test
    void a_frame_far_below_belongs_to_another_failure() {
        var lines = new ArrayList<String>();
        lines.add("RuntimeException: Cannot assign requested address");
        lines.addAll(Collections.nCopies(Joiner.FRAME_REACH, "\tat some.frame(X)"));
        lines.add("\tat runtime.connect0(Native)");
        assertThat(read(lines.toArray(String[]::new)))
                .singleElement()
                .extracting(Incident::operation)
                .isEqualTo(Operation.UNKNOWN);
    }

    @Test
    void the_system_that_a_sentence_gives_away_is_that_of_its_error() {
        assertThat(read("Runtime: Address already in use: call"))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.system()).isEqualTo(LoggedSystem.WINDOWS);
                    assertThat(incident.error()).extracting(LoggedError::name).isEqualTo("WSAEADDRINUSE");
                });
    }

    @Test
    void a_cause_in_a_stack_trace_is_the_same_incident() {
        assertThat(read(
                        "ERROR failed: RuntimeException: Cannot assign requested address",
                        "RuntimeException: Cannot assign requested address",
                        "\tat some.frame(X)",
                        "Caused by: RuntimeException: Cannot assign requested address",
                        "\tat runtime.connect0(Native)"))
                .hasSize(1);
    }

    @Test
    void lines_that_contradict_each_other_stay_apart() {
        assertThat(read(
                        "listen tcp 127.0.0.1:80: bind: address already in use",
                        "HINT: Is another server already running on port 6000?"))
                .hasSize(2);
    }

    @Test
    void lines_far_apart_stay_apart() {
        var lines = new ArrayList<String>();
        lines.add("could not bind address \"10.0.0.1\": Address already in use");
        lines.addAll(Collections.nCopies(Joiner.REACH, "nothing"));
        lines.add("HINT: Is another server already running on port 6000?");
        assertThat(read(lines.toArray(String[]::new))).hasSize(2);
    }

    @Test
    void what_says_the_same_is_counted_whatever_local_port_a_client_was_given() {
        var tally = new Tally();
        read(
                        "dial tcp 10.0.0.1:40001->10.0.0.9:80: connect: cannot assign requested address",
                        "dial tcp 10.0.0.1:40002->10.0.0.9:80: connect: cannot assign requested address",
                        "dial tcp 10.0.0.1:40003->10.0.0.8:80: connect: cannot assign requested address")
                .forEach(tally);
        assertThat(tally.groups()).extracting(IncidentGroup::count).containsExactly(2L, 1L);
        assertThat(tally.groups().getFirst().lastLine()).isEqualTo(2);
    }

    @Test
    void kinds_beyond_the_most_are_counted_and_not_kept() {
        var tally = new Tally();
        for (int port = 1; port <= Tally.MOST + 5; port++) {
            read("listen tcp 127.0.0.1:" + port + ": bind: address already in use")
                    .forEach(tally);
        }
        assertThat(tally.groups()).hasSize(Tally.MOST);
        assertThat(tally.beyond()).isEqualTo(5);
    }

    @Test
    void an_incident_is_told_once_no_line_has_come_to_it_for_a_while_however_busy_the_log_is() {
        var told = new ArrayList<Incident>();
        var incidents = new Incidents(RECOGNISER, told::add);
        incidents.line(new LogLine(1, "listen tcp 127.0.0.1:80: bind: address already in use", null));
        incidents.settle();
        assertThat(told).isEmpty();
        incidents.line(new LogLine(2, "listen tcp 127.0.0.1:81: bind: address already in use", null));
        incidents.settle();
        assertThat(told).extracting(Incident::wantedPort).containsExactly(80);
        incidents.settle();
        assertThat(told).extracting(Incident::wantedPort).containsExactly(80, 81);
    }

    @Test
    void what_an_old_log_said_at_its_start_is_not_of_the_next() {
        var told = new ArrayList<Incident>();
        var incidents = new Incidents(RECOGNISER, told::add);
        incidents.line(new LogLine(501, "Server starts with port=6001", null));
        incidents.end();
        incidents.line(new LogLine(1, "could not bind address \"10.0.0.1\": Address already in use", null));
        incidents.end();
        assertThat(told).singleElement().extracting(Incident::local).hasToString("10.0.0.1");
    }

    @Test
    void no_line_belongs_to_one_of_a_higher_number() {
        var told = new ArrayList<Incident>();
        var incidents = new Incidents(RECOGNISER, told::add);
        incidents.line(new LogLine(501, "listen tcp 127.0.0.1:80: bind: address already in use", null));
        incidents.line(new LogLine(1, "why: Address already in use", null));
        incidents.end();
        assertThat(told).hasSize(2);
    }

    private static Incident shown(String line) {
        var tally = new Tally();
        read(line).forEach(tally);
        return tally.groups().getFirst().incident();
    }

    @Test
    void what_is_shown_of_a_long_line_has_the_error_in_it() {
        String line = "x ".repeat(5_000) + "why: Address already in use " + "y ".repeat(5_000);
        assertThat(shown(line).text())
                .contains("why: Address already in use")
                .hasSizeLessThanOrEqualTo(Incident.LONGEST);
    }

    @Test
    void a_secret_is_masked_before_the_line_is_cut() {
        for (int letters = 900; letters < 1_000; letters++) {
            String line = "why: Address already in use " + "x".repeat(letters)
                    + " postgres://u:hunter2verylong@10.0.0.9:5432/db";
            assertThat(shown(line).text()).doesNotContain("hunter");
        }
    }

    @Test
    void masked_secrets_before_the_error_do_not_push_it_out_of_sight() {
        String line = "password=" + "s".repeat(900) + " a ".repeat(300) + "token=" + "t".repeat(900)
                + " why: Address already in use " + "y ".repeat(5_000);
        assertThat(shown(line).text()).contains("why: Address already in use").doesNotContain("sss", "ttt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Nov 22 10:00:00 host shop[4242]: ",
                "2026-11-22T10:00:00.123456Z shop[4242]: ",
                "app-1  | ",
                "2026-11-22T10:00:01.123456789Z stderr F "
            })
    void a_trace_is_one_incident_whatever_stands_before_each_line(String head) {
        assertThat(read(
                        head + "ERROR failed: RuntimeException: Cannot assign requested address",
                        head + "RuntimeException: Cannot assign requested address",
                        head + "\tat some.frame(X)",
                        head + "Caused by: RuntimeException: Cannot assign requested address",
                        head + "\tat runtime.connect0(Native)",
                        head + "Caused by: RuntimeException: Cannot assign requested address"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t", "app-1  |   "})
    void the_same_sentence_is_another_incident_however_far_it_is_indented(String blanks) {
        String line = blanks + "bind: Address already in use";
        assertThat(read(line, line, line)).hasSize(3);
    }

    @Test
    void lines_of_other_processes_or_containers_stay_apart() {
        assertThat(read(
                        "Nov 22 10:00:00 h nginx[10]: bind() to 0.0.0.0:80 failed (98: Address already in use)",
                        "Nov 22 10:00:00 h app[22]: EADDRINUSE"))
                .hasSize(2);
        assertThat(read("a-1  | bind() to 0.0.0.0:80 failed (98: Address already in use)", "b-1  | EADDRINUSE"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"60, 1", "61, 2", "-60, 1", "-61, 2"})
    void lines_that_were_written_more_than_a_minute_apart_stay_apart(long seconds, int incidents) {
        assertThat(readAt(
                        seconds,
                        "could not bind address \"10.0.0.1\": Address already in use",
                        "HINT: Is another server already running on port 6000?"))
                .hasSize(incidents);
    }

    @Test
    void a_start_of_hours_ago_tells_no_port() {
        assertThat(readAt(
                        3_600,
                        "Server starts with port=6001",
                        "could not bind address \"10.0.0.1\": Address already in use"))
                .singleElement()
                .extracting(Incident::local)
                .hasToString("10.0.0.1");
    }

    /** Two lines that were written so many seconds after one another. */
    private static List<Incident> readAt(long seconds, String first, String second) {
        var told = new ArrayList<Incident>();
        var incidents = new Incidents(RECOGNISER, told::add);
        incidents.line(new LogLine(1, first, Instant.EPOCH));
        incidents.line(new LogLine(2, second, Instant.EPOCH.plusSeconds(seconds)));
        incidents.end();
        return told;
    }

    @Test
    void the_port_of_a_start_is_not_lent_to_another_program_on_the_same_runtime() {
        assertThat(read("Server starts with port=6001", "map plugin: RuntimeException: Address already in use"))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.product()).isEqualTo("Runtime");
                    assertThat(incident.local()).isNull();
                });
    }

    @Test
    void the_port_of_a_failure_is_that_of_its_trace() {
        assertThat(read("Server starts with port=6001", "Caused by: RuntimeException: Address already in use"))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.product()).isEqualTo("Server");
                    assertThat(incident.local()).hasToString("*:6001");
                });
    }
}

package dev.berth.windows.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.PortEvents;
import dev.berth.platform.PortEvents.Event;
import dev.berth.windows.system.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final List<Event> THREE = List.of(
            new Event("Tcpip", 4231, Instant.parse("2026-11-20T03:12:01.1208539Z")),
            new Event("Tcpip", 4227, Instant.parse("2026-11-20T03:12:00.6208539Z")),
            new Event("Tcpip", 4266, Instant.parse("2026-11-18T11:30:00Z")));

    @Test
    void records_of_ports_that_ran_out_are_told_by_source_and_number() throws IOException {
        assertThat(printed(text("out-of-ports.xml"))).isEqualTo(new PortEvents(THREE, List.of()));
    }

    @Test
    void another_record_of_the_same_source_is_passed_over() throws IOException {
        assertThat(printed(text("tcpip-4207.xml"))).isEqualTo(new PortEvents(List.of(), List.of()));
    }

    @Test
    void no_record_is_an_answer() {
        assertThat(printed("<Events></Events>")).isEqualTo(new PortEvents(List.of(), List.of()));
        assertThat(printed("\r\n<Events/>\r\n")).isEqualTo(new PortEvents(List.of(), List.of()));
    }

    @Test
    void the_encoding_makes_no_difference() throws IOException {
        String xml = text("out-of-ports.xml").replace("<Computer>host<", "<Computer>Büro<");

        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_8, Charset.forName("IBM850"))) {
            assertThat(printed(bytes(xml, charset)).events()).as(charset.name()).isEqualTo(THREE);
        }
        assertThat(printed(bytes("\ufeff" + xml, StandardCharsets.UTF_16LE)).events())
                .isEqualTo(THREE);
    }

    @Test
    void the_newest_comes_first_however_they_are_printed() throws IOException {
        String backwards = text("out-of-ports.xml").replace("2026-11-18T", "2026-11-21T");

        assertThat(printed(backwards).events().getFirst().id()).isEqualTo(4266);
    }

    @Test
    void what_is_no_list_of_records_is_a_gap_with_what_was_printed() {
        for (String output : List.of(
                "",
                "Failed to read events.",
                "<Events>",
                "<Event></Event>",
                "<Events><Event><System><EventID>many</EventID></System></Event></Events>",
                "<Events><Event><System><TimeCreated SystemTime='now'/></System></Event></Events>",
                "<Events><Event><System><TimeCreated/></System></Event></Events>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Events>&e;</Events>")) {
            PortEvents events = printed(output);
            assertThat(events.events()).as(output).isEmpty();
            assertThat(events.gaps()).as(output).hasSize(1);
        }
        assertThat(printed("Failed to read events.\r\nmore").gaps().getFirst().why())
                .isEqualTo("wevtutil printed 'Failed to read events.', and ended with 0");
    }

    @Test
    void a_tool_that_is_missing_or_hangs_is_a_gap() {
        assertThat(EventLog.read((_, _) -> new Tools.Run.Missing("no such file"))
                        .gaps()
                        .getFirst()
                        .why())
                .isEqualTo("wevtutil could not be run: no such file");
        assertThat(EventLog.read((_, _) -> new Tools.Run.TooLate())
                        .gaps()
                        .getFirst()
                        .why())
                .isEqualTo("wevtutil did not end in time");
    }

    private static PortEvents printed(String output) {
        return EventLog.read((_, _) -> new Tools.Run.Ended(0, output, ""));
    }

    private static String bytes(String text, Charset charset) {
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }

    private static String text(String file) throws IOException {
        try (InputStream stream = EventLogTest.class.getResourceAsStream("/events/" + file)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

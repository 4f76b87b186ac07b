package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.screen.LookAlikes;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consoles of Windows that have a code page, and those that obey no escape sequence. */
class OldConsoleTest {
    private static final FakeHostProvider CONSOLE = FakeHostProvider.of(
                    FakeHostNetwork.with("10.0.0.1:41000 -> 10.0.0.9:5432 ESTABLISHED java(4242)"))
            .onTerminal(80)
            .withRows(50);

    @ParameterizedTest
    @ValueSource(strings = {"map", "doctor", "list", "ranges", "help"})
    void without_escape_sequences_there_is_no_colour(String command) {
        assertThat(Ran.on(CONSOLE.withCodePage(Charset.forName("IBM437")), Map.of(), command)
                        .out())
                .isNotEmpty()
                .doesNotContain("\u001b");
    }

    @Test
    void letters_it_lacks_have_look_alikes() {
        assertThat(Ran.on(CONSOLE, Map.of(), "help", "list").out()).contains("berth list [FILTER…]");
        assertThat(Ran.on(CONSOLE.withCodePage(StandardCharsets.US_ASCII), Map.of(), "help", "list")
                        .out())
                .contains("berth list [FILTER...]");
        assertThat(LookAlikes.in("12 × 3 → x’s · «é» —", StandardCharsets.US_ASCII))
                .isEqualTo("12 x 3 -> x's - ??? -");
    }

    @Test
    void letters_it_has_stay() {
        assertThat(LookAlikes.in("░▒▓█ é · ×", Charset.forName("IBM850"))).isEqualTo("░▒▓█ é · ×");
    }

    @Test
    void a_line_that_was_cut_keeps_its_width() {
        assertThat(LookAlikes.in("java -jar sho…\njava…", StandardCharsets.US_ASCII))
                .isEqualTo("java -jar sho~\njava~");
    }
}

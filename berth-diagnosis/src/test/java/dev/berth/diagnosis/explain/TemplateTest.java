package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final ErrorTexts TEXTS = ErrorTexts.shipped();
    private static final String UNIX = "bind() to unix:/run/x.sock failed (98: Address already in use)";

    private static Template.Match match(String template, String line) {
        return Objects.requireNonNull(new Template(template, TEXTS).in(line, ErrorTexts.folded(line)), line);
    }

    @Test
    void places_are_read_and_the_rest_is_compared() {
        Template.Match match = match(
                "bind() to {local} failed ({errno}: {error})",
                "2026/01/01 [emerg] 7#7: bind() to [::]:80 failed (98: Address already in use)");
        assertThat(match.local()).hasToString("[::]:80");
        assertThat(match.error()).isEqualTo(new LoggedError(Refusal.ADDRESS_IN_USE, 98, LoggedSystem.LINUX));
    }

    @Test
    void a_line_may_begin_with_a_place() {
        assertThat(match(
                                "{local} is in use by another process",
                                "x.Y: localhost/127.0.0.1:7000 is in use by another process.")
                        .local())
                .hasToString("127.0.0.1:7000");
    }

    @Test
    void letters_match_in_either_case_and_blanks_any_run_of_blanks() {
        assertThat(match("Port {port} is in use", "PORT   8080 \t is  in use").local())
                .hasToString("*:8080");
    }

    @Test
    void anything_covers_as_little_as_makes_the_rest_fit() {
        assertThat(match("bound for {any} on {local}", "bound for a on b on 10.0.0.1:80")
                        .local())
                .hasToString("10.0.0.1:80");
    }

    @Test
    void parts_of_one_endpoint_are_put_together() {
        assertThat(match("host \"{remote-address}\", port {remote-port} failed", "host \"10.0.0.9\", port 5432 failed")
                        .remote())
                .hasToString("10.0.0.9:5432");
    }

    @Test
    void another_line_is_not_found() {
        assertThat(new Template("bind() to {local} failed ({errno}: {error})", TEXTS).in(UNIX, ErrorTexts.folded(UNIX)))
                .isNull();
        assertThat(new Template("Port {port} is in use", TEXTS)
                        .in("Port 80801234 is in use", "port 80801234 is in use"))
                .isNull();
    }

    @Test
    void a_template_that_every_line_would_match_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Template("{any} {port}", TEXTS));
        assertThatIllegalArgumentException().isThrownBy(() -> new Template("bind {prot}", TEXTS));
    }
}

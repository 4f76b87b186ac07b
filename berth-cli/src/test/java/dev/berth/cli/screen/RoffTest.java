package dev.berth.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoffTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "--no-probe, \\-\\-no\\-probe",
                "C:\\Windows, C:\\eWindows",
                ".TH is no request, \\&.TH is no request",
                "'br neither, \\(aqbr neither",
                "say \"so\", say \\(dqso\\(dq",
                "[FILTER…], [FILTER...]",
                "~/.local, \\(ti/.local",
                "3 × 4, 3 \\[u00D7] 4",
                "`why`, \\(gawhy\\(ga"
            })
    void text_stays_text(String text, String set) {
        assertThat(Roff.plain(text)).isEqualTo(set);
    }

    @Test
    void a_page_begins_with_its_title_and_has_no_date() {
        var page = new Roff("By whom", "berth-why", "1.2");
        page.section("NAME");
        page.entry(Roff.bold("-h") + ", " + Roff.bold("--help"), "show this");
        page.line(". alone");
        assertThat(page).hasToString("""
                .\\" By whom
                .TH "BERTH\\-WHY" 1 "" "Berth 1.2" Berth
                .nh
                .ad l
                .SH "NAME"
                .TP
                \\fB\\-h\\fR, \\fB\\-\\-help\\fR
                show this
                \\&. alone
                """);
    }
}

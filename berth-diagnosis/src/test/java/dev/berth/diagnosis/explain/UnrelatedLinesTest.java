package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that no port was refused in: {@code unrelated.tsv}. */
class UnrelatedLinesTest {
    private static final Recogniser RECOGNISER = Recogniser.ofAllProducts();

    record Line(String why, String text) {}

    static List<Line> lines() throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(UnrelatedLinesTest.class.getResourceAsStream("unrelated.tsv")),
                StandardCharsets.UTF_8))) {
            return in.lines()
                    .skip(1)
                    .map(row -> row.split("\t", 2))
                    .map(row -> new Line(row[0], row[1]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void a_line_about_something_else_is_no_incident(Line line) {
        var incidents = new ArrayList<Incident>();
        var reader = new Incidents(RECOGNISER, incidents::add);
        reader.line(new LogLine(1, line.text(), null));
        reader.end();
        assertThat(incidents).as(line.why()).isEmpty();
    }
}

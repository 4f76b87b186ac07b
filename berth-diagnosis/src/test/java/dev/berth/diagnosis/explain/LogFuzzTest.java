package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/** Whatever a log has in it, incidents come out or none. */
final class LogFuzzTest {
    private static final Recogniser RECOGNISER = Recogniser.ofAllProducts();

    @FuzzTest
    void a_log_is_read_to_its_end(@NotNull String log) {
        var tally = new Tally();
        var incidents = new Incidents(RECOGNISER, tally);
        String[] lines = log.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            incidents.line(new LogLine(2L * i + 1, lines[i], null));
            incidents.line(new LogLine(2L * i + 2, "bind: " + lines[i] + " address already in use", null));
        }
        incidents.end();
        assertThat(tally.groups())
                .allSatisfy(group -> assertThat(group.incident().firstLine()).isBetween(1L, 2L * lines.length));
    }
}

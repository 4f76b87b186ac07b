package dev.berth.diagnosis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    private static Incident bind(int port, String text, long line, Instant at) {
        return new Incident(
                "shop",
                Operation.BIND,
                null,
                LoggedEndpoint.ofPort(port),
                null,
                null,
                null,
                List.of(),
                false,
                text,
                line,
                line,
                at);
    }

    @Test
    void what_says_the_same_is_counted_and_the_first_is_kept() {
        tally.accept(bind(80, "first", 1, Instant.EPOCH));
        tally.accept(bind(81, "other", 2, Instant.EPOCH));
        tally.accept(bind(80, "last", 7, Instant.EPOCH.plusSeconds(60)));
        assertThat(tally.kinds()).isEqualTo(2);
        IncidentGroup group = tally.groups().getFirst();
        assertThat(group.incident().text()).isEqualTo("first");
        assertThat(group.incident().firstLine()).isEqualTo(1);
        assertThat(group.count()).isEqualTo(2);
        assertThat(group.lastLine()).isEqualTo(7);
        assertThat(group.lastAt()).isEqualTo(Instant.EPOCH.plusSeconds(60));
    }

    @Test
    void no_more_than_a_thousand_kinds_are_kept_apart() {
        for (int port = 1; port <= Tally.MOST + 5; port++) {
            tally.accept(bind(port, "line", port, Instant.EPOCH));
        }
        assertThat(tally.kinds()).isEqualTo(Tally.MOST);
        assertThat(tally.beyond()).isEqualTo(5);
    }

    @Test
    void a_secret_in_a_line_does_not_come_out() {
        tally.accept(bind(80, "cannot bind 0.0.0.0:80, password=hunter2", 1, Instant.EPOCH));
        assertThat(tally.groups().getFirst().incident().text()).isEqualTo("cannot bind 0.0.0.0:80, password=***");
    }
}

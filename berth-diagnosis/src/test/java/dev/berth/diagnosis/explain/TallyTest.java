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
                List.of("Java"),
                Operation.BIND,
                null,
                LoggedEndpoint.ofPort(port),
                null,
                null,
                null,
                List.of(),
                false,
                text,
                0,
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

    @Test
    void what_it_is_built_on_survives_the_masking() {
        tally.accept(bind(80, "line", 1, Instant.EPOCH));
        assertThat(tally.groups().getFirst().incident().builtOn()).containsExactly("Java");
    }

    @Test
    void the_last_line_and_time_are_the_last_in_whatever_order_incidents_end() {
        tally.accept(bind(80, "first", 1, Instant.EPOCH.plusSeconds(9)));
        tally.accept(bind(80, "first", 4, Instant.EPOCH.plusSeconds(60)));
        tally.accept(bind(80, "first", 2, Instant.EPOCH.plusSeconds(30)));
        IncidentGroup group = tally.groups().getFirst();
        assertThat(group.lastLine()).isEqualTo(4);
        assertThat(group.lastAt()).isEqualTo(Instant.EPOCH.plusSeconds(60));
    }
}

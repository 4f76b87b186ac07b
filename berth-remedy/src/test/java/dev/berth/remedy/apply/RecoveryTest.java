package dev.berth.remedy.apply;

import static dev.berth.platform.HostTuning.Place.PERSISTENT;
import static dev.berth.platform.HostTuning.Place.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.remedy.apply.Tunings.Whereabouts;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir(factory = InMemory.class)
    private Path folder;

    private final FakeTuning host = Wishes.host();

    private void apply(Deaths deaths, @Nullable Duration confirmWithin) throws IOException {
        try (Journal journal = deaths.journal(folder)) {
            new Applying(journal, new MortalTuning(host, deaths))
                    .apply(Wishes.reserve("1433", RUNNING, PERSISTENT).on(host), "test", confirmWithin, _ -> {});
        } catch (Deaths.Killed _) {
            // as a test wants it
        }
    }

    private List<Recovered> recover(Instant now) throws IOException {
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            return new Recovery(journal, Tunings.only(host), InstantSource.fixed(now)).run();
        }
    }

    @Test
    void what_is_in_a_namespace_that_cannot_be_reached_waits_for_somebody_who_can() throws IOException {
        apply(new Deaths(points() / 2), null);
        Map<Place, Map<String, String>> found = host.everything();
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            Tunings hidden = _ -> new Whereabouts.Hidden("it may not be entered");
            assertThat(new Recovery(journal, hidden, InstantSource.fixed(Deaths.NOW)).run())
                    .isEmpty();
        }
        assertThat(host.everything()).isEqualTo(found);
        assertThat(state()).isEqualTo(State.UNFINISHED);
        assertThat(recover(Deaths.NOW)).hasSize(1);
        assertThat(state()).isEqualTo(State.UNDONE);
    }

    private State state() throws IOException {
        return Journal.read(folder).getLast().state();
    }

    /** How many points of death applying has. */
    private int points() throws IOException {
        var deaths = new Deaths(Deaths.NEVER);
        Path own = folder.resolve("counting");
        FakeTuning other = Wishes.host();
        try (Journal journal = deaths.journal(own)) {
            new Applying(journal, new MortalTuning(other, deaths))
                    .apply(Wishes.reserve("1433", RUNNING, PERSISTENT).on(other), "test", null, _ -> {});
        }
        return deaths.passed();
    }

    @Test
    void what_is_in_order_stays() throws IOException {
        apply(new Deaths(Deaths.NEVER), null);
        assertThat(recover(Deaths.NOW)).isEmpty();
        assertThat(state()).isEqualTo(State.APPLIED);
    }

    @Test
    void a_change_of_which_only_the_last_line_is_missing_is_finished() throws IOException {
        apply(new Deaths(points() - 1), null);
        assertThat(state()).isEqualTo(State.UNFINISHED);
        assertThat(recover(Deaths.NOW)).singleElement().satisfies(one -> {
            assertThat(one.why()).isEqualTo(Recovered.Why.INTERRUPTED);
            assertThat(one.undone()).isNull();
        });
        assertThat(state()).isEqualTo(State.APPLIED);
    }

    @Test
    void the_same_change_is_taken_back_where_it_no_longer_holds() throws IOException {
        apply(new Deaths(points() - 1), null);
        host.restart();
        host.write(Wishes.LIST, PERSISTENT, null); // as one does whose journal could not be written
        assertThat(recover(Deaths.NOW))
                .singleElement()
                .extracting(Recovered::undone)
                .isNotNull();
        assertThat(state()).isEqualTo(State.UNDONE);
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
    }

    @Test
    void a_service_that_was_stopped_is_started_after_a_restart_too_for_no_restart_may_start_it() throws IOException {
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            journal.begin(Wishes.exclude("1433").on(host), "test", host.startId(), null);
            journal.doing(1, 0);
            journal.done(1, 0);
        }
        host.restart();
        host.write(Wishes.SERVICE, RUNNING, "stopped");
        assertThat(recover(Deaths.NOW)).hasSize(1);
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
        assertThat(state()).isEqualTo(State.UNDONE);
    }

    @Test
    void what_is_not_confirmed_is_taken_back_once_it_is_due_and_not_before() throws IOException {
        Instant due = Deaths.NOW.plusSeconds(60);
        apply(new Deaths(Deaths.NEVER), Duration.ofMinutes(1));
        assertThat(recover(due.minusMillis(1))).isEmpty();
        assertThat(state()).isEqualTo(State.UNCONFIRMED);
        assertThat(recover(due)).singleElement().extracting(Recovered::why).isEqualTo(Recovered.Why.NOT_CONFIRMED);
        assertThat(state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
    }

    @Test
    void what_cannot_be_set_back_when_it_is_due_is_tried_again_by_everybody_who_comes() throws IOException {
        apply(new Deaths(Deaths.NEVER), Duration.ZERO);
        host.obstacle(PERSISTENT, new ActOutcome.NotPermitted("a file system that is not mounted read-only"));
        assertThat(recover(Deaths.NOW)).singleElement().satisfies(one -> {
            assertThat(one.why()).isEqualTo(Recovered.Why.NOT_CONFIRMED);
            assertThat(Objects.requireNonNull(one.undone()).complete()).isFalse();
        });
        assertThat(state()).isEqualTo(State.UNFINISHED);
        assertThat(recover(Deaths.NOW))
                .singleElement()
                .extracting(Recovered::why)
                .isEqualTo(Recovered.Why.OWED);

        host.cleared(PERSISTENT);
        assertThat(recover(Deaths.NOW)).singleElement().satisfies(one -> {
            assertThat(one.why()).isEqualTo(Recovered.Why.OWED);
            assertThat(Objects.requireNonNull(one.undone()).complete()).isTrue();
        });
        assertThat(state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
        assertThat(recover(Deaths.NOW)).isEmpty();
    }

    @Test
    void what_a_later_change_kept_from_being_undone_in_time_is_undone_with_that() throws IOException {
        Instant first = Deaths.NOW.plusSeconds(60);
        Instant second = first.plusSeconds(60);
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            var applying = new Applying(journal, host);
            applying.apply(
                    Wishes.set(Wishes.RANGE, "20000 60999", RUNNING).on(host), "one", Duration.ofMinutes(1), _ -> {});
            applying.apply(
                    Wishes.set(Wishes.RANGE, "30000 60999", RUNNING).on(host), "two", Duration.ofMinutes(2), _ -> {});
        }
        assertThat(recover(first)).extracting(Recovered::why).containsExactly(Recovered.Why.NOT_CONFIRMED);
        assertThat(Journal.read(folder).getFirst().state()).isEqualTo(State.PARTLY_UNDONE);
        assertThat(recover(second))
                .extracting(Recovered::why)
                .containsExactly(Recovered.Why.NOT_CONFIRMED, Recovered.Why.WAITED);
        assertThat(Journal.read(folder)).allMatch(change -> change.state() == State.ROLLED_BACK);
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
    }

    @Test
    void a_change_that_was_killed_and_is_due_is_taken_back_at_once() throws IOException {
        apply(new Deaths(points() - 1), Duration.ZERO);
        assertThat(recover(Deaths.NOW))
                .singleElement()
                .extracting(Recovered::why)
                .isEqualTo(Recovered.Why.NOT_CONFIRMED);
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
    }

    @Test
    void a_power_cut_half_way_leaves_nothing_for_the_next_start() throws IOException {
        var before = Wishes.host().everything();
        int points = points();
        for (int at = 1; at <= points; at++) {
            apply(new Deaths(at), null);
            host.restart();
            recover(Deaths.NOW);
            if (!Journal.read(folder).isEmpty() && state() == State.APPLIED) {
                assertThat(host.everything()).as("cut at " + at).isNotEqualTo(before);
                try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
                    new Undoing(journal, Tunings.only(host))
                            .undo(journal.changes().getLast());
                }
            }
            host.restart();
            assertThat(host.everything()).as("cut at " + at).isEqualTo(before);
        }
    }
}

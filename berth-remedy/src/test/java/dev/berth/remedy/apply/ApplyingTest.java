package dev.berth.remedy.apply;

import static dev.berth.platform.HostTuning.Place.PERSISTENT;
import static dev.berth.platform.HostTuning.Place.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.FakeTuning.Moment;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.JournalException;
import dev.berth.remedy.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyingTest {
    private static final Applying.Before NOTHING = _ -> {};

    @TempDir(factory = InMemory.class)
    private Path folder;

    private Journal journal() throws JournalException {
        return new Deaths(Deaths.NEVER).journal(folder);
    }

    private static FakeTuning interfered(FakeTuning.Interceptor interceptor) {
        return new FakeTuning(interceptor)
                .running(Wishes.LIST, "8080-8090")
                .running(Wishes.REUSE, "2")
                .running(Wishes.RANGE, "32768 60999");
    }

    private static Plan twoPlaces(FakeTuning host) {
        return Wishes.reserve("1433", RUNNING, PERSISTENT).on(host);
    }

    @Test
    void every_step_is_done_and_read_back() throws IOException {
        FakeTuning host = Wishes.host();
        try (Journal journal = journal()) {
            assertThat(new Applying(journal, host).apply(twoPlaces(host), "reserve 1433", null, NOTHING))
                    .isEqualTo(new Applied.Done(1));
            assertThat(journal.change(1).state()).isEqualTo(State.APPLIED);
        }
        assertThat(host.read(Wishes.LIST, RUNNING)).isEqualTo(new Reading.Value("1433,8080-8090"));
        assertThat(host.read(Wishes.LIST, PERSISTENT)).isEqualTo(new Reading.Value("1433,8080-8090"));
    }

    @Test
    void a_plan_whose_from_no_longer_holds_is_refused_and_leaves_no_trace() throws IOException {
        FakeTuning host = Wishes.host();
        Plan plan = twoPlaces(host);
        host.persistent(Wishes.LIST, "9000");
        try (Journal journal = journal()) {
            assertThat(new Applying(journal, host).apply(plan, "reserve 1433", null, NOTHING))
                    .isEqualTo(new Applied.Stale(plan.steps().getLast(), new Reading.Value("9000")));
            assertThat(journal.changes()).isEmpty();
        }
        assertThat(host.asked()).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_stale() throws IOException {
        FakeTuning host = Wishes.host();
        Plan plan = twoPlaces(host);
        host.unreadable(PERSISTENT, "it is a directory");
        try (Journal journal = journal()) {
            assertThat(new Applying(journal, host).apply(plan, "reserve 1433", null, NOTHING))
                    .isInstanceOf(Applied.Stale.class);
        }
    }

    @Test
    void a_step_that_fails_takes_those_before_it_along() throws IOException {
        var no = new ActOutcome.NotPermitted("CAP_NET_ADMIN");
        FakeTuning host = interfered((when, write) ->
                when == Moment.BEFORE && write.place() == PERSISTENT && write.text() != null ? no : null);
        var before = host.everything();
        try (Journal journal = journal()) {
            Applied applied = new Applying(journal, host).apply(twoPlaces(host), "reserve 1433", null, NOTHING);
            assertThat(applied).isInstanceOfSatisfying(Applied.Failed.class, failed -> {
                assertThat(failed.outcome()).isEqualTo(no);
                assertThat(failed.undoing().complete()).isTrue();
                assertThat(failed.undoing().steps())
                        .extracting(Undone.Taken::end)
                        .containsExactly(
                                new Undone.End.Nothing("it had not been done"),
                                new Undone.End.Back("1433,8080-8090", "8080-8090"));
            });
            assertThat(journal.change(1).state()).isEqualTo(State.UNDONE);
            assertThat(journal.change(1).detail()).isEqualTo(Wishes.LIST + " (persistent): CAP_NET_ADMIN");
        }
        assertThat(host.everything()).isEqualTo(before);
    }

    @Test
    void a_mistake_of_berths_takes_the_steps_before_it_along_too() throws IOException {
        FakeTuning host = interfered((when, write) -> {
            if (when == Moment.BEFORE && write.place() == PERSISTENT && write.text() != null) {
                throw new IllegalStateException("no such thread");
            }
            return null;
        });
        var before = host.everything();
        try (Journal journal = journal()) {
            assertThat(new Applying(journal, host).apply(twoPlaces(host), "reserve 1433", null, NOTHING))
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.outcome().detail())
                                    .isEqualTo(
                                            "berth made a mistake: java.lang.IllegalStateException: no such thread"));
        }
        assertThat(host.everything()).isEqualTo(before);
    }

    @Test
    void why_the_way_back_could_not_be_prepared_is_told_even_where_nothing_can_be_written_any_more()
            throws IOException {
        FakeTuning host = Wishes.host();
        try (Journal journal = Deaths.onFullDisk(folder, 1, 1_000)) {
            assertThatThrownBy(() -> new Applying(journal, host)
                            .apply(twoPlaces(host), "reserve 1433", Duration.ZERO, _ -> {
                                throw new IOException("no java");
                            }))
                    .hasMessage("no java")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        }
    }

    @Test
    void a_write_that_fails_half_way_is_taken_back_as_well() throws IOException {
        FakeTuning host = interfered((when, write) ->
                when == Moment.AFTER && write.text() != null && write.text().startsWith("1433")
                        ? new ActOutcome.Failed("interrupted")
                        : null);
        var before = host.everything();
        try (Journal journal = journal()) {
            assertThat(new Applying(journal, host).apply(twoPlaces(host), "reserve 1433", null, NOTHING))
                    .isInstanceOf(Applied.Failed.class);
        }
        assertThat(host.everything()).isEqualTo(before);
    }

    @Test
    void what_does_not_read_back_has_failed() throws IOException {
        FakeTuning host = interfered((when, write) ->
                when == Moment.BEFORE && write.place() == RUNNING ? new ActOutcome.Done() : null); // so it says
        try (Journal journal = journal()) {
            assertThat(new Applying(journal, host).apply(twoPlaces(host), "reserve 1433", null, NOTHING))
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.outcome())
                                    .isEqualTo(new ActOutcome.Failed("it was written, and reads back as 8080-8090")));
        }
    }

    @Test
    void what_changes_between_the_steps_stops_the_next() throws IOException {
        FakeTuning[] itself = new FakeTuning[1];
        FakeTuning host = interfered((when, write) -> {
            if (when == Moment.AFTER && write.place() == RUNNING) {
                itself[0].persistent(Wishes.LIST, "9000");
            }
            return null;
        });
        itself[0] = host;
        try (Journal journal = journal()) {
            assertThat(new Applying(journal, host).apply(twoPlaces(host), "reserve 1433", null, NOTHING))
                    .isInstanceOfSatisfying(Applied.Failed.class, failed -> {
                        assertThat(failed.outcome()).isEqualTo(new ActOutcome.Gone("it became 9000 in the meantime"));
                        assertThat(failed.undoing().complete()).isTrue();
                    });
        }
        assertThat(host.read(Wishes.LIST, RUNNING)).isEqualTo(new Reading.Value("8080-8090"));
        assertThat(host.read(Wishes.LIST, PERSISTENT)).isEqualTo(new Reading.Value("9000"));
    }

    @Test
    void whoever_cannot_prepare_the_way_back_does_nothing() throws IOException {
        FakeTuning host = Wishes.host();
        try (Journal journal = journal()) {
            assertThatThrownBy(() -> new Applying(journal, host)
                            .apply(twoPlaces(host), "reserve 1433", Duration.ZERO, id -> {
                                assertThat(id).isEqualTo(1);
                                throw new IOException("no java");
                            }))
                    .hasMessage("no java");
            assertThat(journal.change(1).state()).isEqualTo(State.UNDONE);
        }
        assertThat(host.asked()).isEmpty();
    }

    @Test
    void a_disk_that_fills_up_on_the_way_costs_the_change_and_nothing_else() throws IOException {
        for (int refused : List.of(1, 1_000)) {
            for (int lines = 0; lines < 6; lines++) { // begun, doing, done, doing, done, applied
                Path own = Files.createDirectory(folder.resolve("full" + lines + "-" + refused));
                FakeTuning host = Wishes.host();
                var before = host.everything();
                try (Journal journal = Deaths.onFullDisk(own, lines, refused)) {
                    JournalException full = catchThrowableOfType(
                            JournalException.class,
                            () -> new Applying(journal, host).apply(twoPlaces(host), "reserve 1433", null, NOTHING));
                    assertThat(full.kind()).isEqualTo(JournalException.Kind.INACCESSIBLE);
                    assertThat(full.why()).contains("No space left on device");
                }
                assertThat(host.everything()).as("full after " + lines).isEqualTo(before);
                try (Journal journal = new Deaths(Deaths.NEVER).journal(own)) {
                    new Recovery(journal, Tunings.only(host), InstantSource.fixed(Deaths.NOW)).run();
                    assertThat(journal.changes())
                            .hasSize(lines == 0 ? 0 : 1)
                            .allMatch(change -> change.state() == State.UNDONE);
                }
                assertThat(host.everything()).isEqualTo(before);
            }
        }
    }

    @Test
    void a_full_disk_that_cannot_be_undone_says_what_is_left() throws IOException {
        FakeTuning host = interfered((when, write) ->
                when == Moment.BEFORE && "8080-8090".equals(write.text()) ? new ActOutcome.Failed("stuck") : null);
        try (Journal journal = Deaths.onFullDisk(folder, 3, 1_000)) {
            assertThatThrownBy(() -> new Applying(journal, host).apply(twoPlaces(host), "reserve 1433", null, NOTHING))
                    .hasMessageContaining("not undone is " + Wishes.LIST + " (running)");
        }
    }

    @Test
    void a_service_runs_again_where_the_exclusion_that_it_was_stopped_for_fails() throws IOException {
        FakeTuning host = Wishes.host((_, write) ->
                write.setting().equals(Wishes.EXCLUDED) ? new ActOutcome.Failed("the port is held (error 32)") : null);
        try (Journal journal = journal()) {
            Applied applied =
                    new Applying(journal, host).apply(Wishes.exclude("1433").on(host), "reserve 1433", null, NOTHING);
            assertThat(applied).isInstanceOf(Applied.Failed.class);
            assertThat(((Applied.Failed) applied).undoing().complete()).isTrue();
        }
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
    }

    @Test
    void a_service_that_does_not_start_again_gets_its_port_back_and_is_started_once_more() throws IOException {
        var starts = new AtomicInteger();
        FakeTuning host = Wishes.host((moment, write) -> write.setting().equals(Wishes.SERVICE)
                        && "running".equals(write.text())
                        && moment == Moment.BEFORE
                        && starts.incrementAndGet() == 1
                ? new ActOutcome.Failed("System error 32 has occurred")
                : null);
        try (Journal journal = journal()) {
            Applied applied =
                    new Applying(journal, host).apply(Wishes.exclude("1433").on(host), "reserve 1433", null, NOTHING);
            assertThat(applied).isInstanceOf(Applied.Failed.class);
        }
        assertThat(starts).hasValue(2);
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
    }

    @Test
    void an_exclusion_that_is_gone_once_the_service_runs_again_is_no_success() throws IOException {
        var made = new AtomicReference<FakeTuning>();
        FakeTuning host = Wishes.host((moment, write) -> {
            if (moment == Moment.AFTER && write.setting().equals(Wishes.SERVICE) && "running".equals(write.text())) {
                Objects.requireNonNull(made.get()).persistent(Wishes.EXCLUDED, "50000-50059");
            }
            return null;
        });
        made.set(host);
        try (Journal journal = journal()) {
            Applied applied =
                    new Applying(journal, host).apply(Wishes.exclude("1433").on(host), "reserve 1433", null, NOTHING);
            assertThat(applied).isInstanceOf(Applied.Failed.class);
            assertThat(((Applied.Failed) applied).outcome().detail())
                    .isEqualTo("it was set, and is 50000-50059 once everything was started again");
            assertThat(journal.change(1).state()).isEqualTo(State.UNDONE);
        }
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
    }
}

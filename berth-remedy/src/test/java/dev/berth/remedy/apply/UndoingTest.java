package dev.berth.remedy.apply;

import static dev.berth.platform.HostTuning.Place.PERSISTENT;
import static dev.berth.platform.HostTuning.Place.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.apply.Tunings.Whereabouts;
import dev.berth.remedy.apply.Undone.End;
import dev.berth.remedy.apply.Wishes.Wish;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.JournalException;
import dev.berth.remedy.journal.UndoReason;
import dev.berth.remedy.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoingTest {
    @TempDir(factory = InMemory.class)
    private Path folder;

    private final FakeTuning host = Wishes.host();
    private Journal journal;

    @BeforeEach
    void open() throws JournalException {
        journal = new Deaths(Deaths.NEVER).journal(folder);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private void apply(Wish wish) throws IOException {
        assertThat(new Applying(journal, host).apply(wish.on(host), "test", null, _ -> {}))
                .isInstanceOf(Applied.Done.class);
    }

    private List<End> rollBack(int id) throws IOException {
        return rollBack(id, Tunings.only(host));
    }

    private List<End> rollBack(int id, Tunings tunings) throws IOException {
        return new Undoing(journal, tunings)
                .undo(journal.change(id)).steps().stream()
                        .map(Undone.Taken::end)
                        .toList();
    }

    private State state(int id) {
        return journal.change(id).state();
    }

    private @Nullable String value(String setting, Place place) {
        return host.read(setting, place) instanceof Reading.Value(String text) ? text : null;
    }

    private void byHand(String setting, Place place, String text) {
        assertThat(host.write(setting, place, text)).isEqualTo(new ActOutcome.Done());
    }

    @Test
    void ports_that_others_have_reserved_since_stay() throws IOException {
        apply(Wishes.reserve("1433", RUNNING));
        byHand(Wishes.LIST, RUNNING, "1433,7000,8080-8090");
        assertThat(rollBack(1)).containsExactly(new End.Back("1433,7000,8080-8090", "7000,8080-8090"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("7000,8080-8090");
        assertThat(state(1)).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void a_port_that_a_later_change_asked_for_as_well_stays_until_that_is_rolled_back() throws IOException {
        apply(Wishes.reserve("1433,1434", RUNNING));
        apply(Wishes.reserve("1433,9000", RUNNING));
        assertThat(rollBack(1))
                .containsExactly(new End.Left(
                        "1433 stays as it is: change 2 asked for it too, roll that back first",
                        new End.Back("1433-1434,8080-8090,9000", "1433,8080-8090,9000")));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090,9000");
        assertThat(state(1)).isEqualTo(State.PARTLY_UNDONE);

        assertThat(rollBack(2)).containsExactly(new End.Back("1433,8080-8090,9000", "1433,8080-8090"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090");
        assertThat(rollBack(1)).containsExactly(new End.Back("1433,8080-8090", "8080-8090"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("8080-8090");
        assertThat(state(1)).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void what_a_later_change_wants_at_each_start_it_wants_running_too() throws IOException {
        apply(Wishes.reserve("1433", RUNNING));
        apply(Wishes.reserve("1433", PERSISTENT));
        assertThat(rollBack(1)).singleElement().isInstanceOf(End.Left.class);
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090");
    }

    @Test
    void ports_that_are_only_carried_along_in_the_file_are_not_taken_from_a_later_change() throws IOException {
        apply(Wishes.reserve("1433", PERSISTENT)); // and 8080-8090, which are reserved elsewhere
        apply(Wishes.reserve("9000", PERSISTENT));
        assertThat(rollBack(1)).containsExactly(new End.Back("1433,8080-8090,9000", "8080-8090,9000"));
        assertThat(value(Wishes.LIST, PERSISTENT)).isEqualTo("8080-8090,9000");
        assertThat(rollBack(2)).containsExactly(new End.Back("8080-8090,9000", null));
        assertThat(value(Wishes.LIST, PERSISTENT)).isNull(); // nobody wants the file any more
    }

    @Test
    void a_setting_that_a_later_change_has_set_too_is_left_and_the_change_named() throws IOException {
        apply(Wishes.set(Wishes.REUSE, "0", RUNNING));
        apply(Wishes.set(Wishes.REUSE, "1", RUNNING));
        assertThat(rollBack(1)).containsExactly(new End.Left("change 2 set it after this one: roll that back first"));
        assertThat(value(Wishes.REUSE, RUNNING)).isEqualTo("1");
        rollBack(2);
        assertThat(rollBack(1)).containsExactly(new End.Back("0", "2"));
        assertThat(value(Wishes.REUSE, RUNNING)).isEqualTo("2");
    }

    @Test
    void a_value_that_somebody_else_has_set_since_is_left() throws IOException {
        apply(Wishes.set(Wishes.REUSE, "0", RUNNING, PERSISTENT));
        byHand(Wishes.REUSE, RUNNING, "1");
        assertThat(rollBack(1))
                .containsExactly(
                        new End.Back("0", null),
                        new End.Left("it is 1 now, which this change did not set; before it was 2"));
        assertThat(value(Wishes.REUSE, PERSISTENT)).isNull();
        assertThat(state(1)).isEqualTo(State.PARTLY_UNDONE);
    }

    @Test
    void what_is_no_list_of_ports_is_left() throws IOException {
        apply(Wishes.reserve("1433", PERSISTENT));
        byHand(Wishes.LIST, PERSISTENT, "many ports");
        assertThat(rollBack(1)).containsExactly(new End.Left("it is many ports now, which is no list of ports"));
    }

    @Test
    void what_ran_before_a_restart_is_gone_with_it() throws IOException {
        apply(Wishes.reserve("1433", RUNNING));
        host.restart();
        byHand(Wishes.LIST, RUNNING, "1433,8080-8090"); // somebody else's by now
        assertThat(rollBack(1)).containsExactly(new End.Nothing("the restart has ended it"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090");
    }

    @Test
    void what_the_start_has_set_again_is_taken_back_in_both_places() throws IOException {
        apply(Wishes.reserve("1433", RUNNING, PERSISTENT));
        var before = Wishes.host().everything();
        host.restart();
        assertThat(rollBack(1))
                .containsExactly(new End.Back("1433,8080-8090", null), new End.Back("1433,8080-8090", "8080-8090"));
        assertThat(host.everything()).isEqualTo(before);
    }

    @Test
    void a_namespace_that_is_no_more_has_nothing_to_take_back() throws IOException {
        apply(Wishes.reserve("1433", RUNNING));
        assertThat(rollBack(1, _ -> new Whereabouts.Gone()))
                .containsExactly(new End.Nothing("its namespace is no more"));
        assertThat(state(1)).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void what_is_in_a_namespace_that_cannot_be_reached_is_left_and_can_be_tried_again() throws IOException {
        apply(Wishes.reserve("1433", RUNNING));
        assertThat(rollBack(1, _ -> new Whereabouts.Hidden("it may not be entered")))
                .containsExactly(new End.Left("its network namespace was not found: it may not be entered"));
        assertThat(state(1)).isEqualTo(State.PARTLY_UNDONE);
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090");
        assertThat(rollBack(1)).containsExactly(new End.Back("1433,8080-8090", "8080-8090"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("8080-8090");
    }

    private void applyIn(NetworkNamespace netns, String ports) throws IOException {
        Plan plan = new Plan(netns, Wishes.reserve(ports, RUNNING).on(host).steps(), List.of());
        assertThat(new Applying(journal, host).apply(plan, "test", null, _ -> {}))
                .isInstanceOf(Applied.Done.class);
    }

    @Test
    void a_later_change_comes_first_under_whatever_name_the_namespace_was_found() throws IOException {
        var byProcess = new NetworkNamespace(9, null, 31).withCookie(1L);
        applyIn(byProcess, "8000");
        applyIn(new NetworkNamespace(9, "blue").withCookie(1L), "8000-8001");
        assertThat(rollBack(1))
                .containsExactly(new End.Left("8000 stays as it is: change 2 asked for it too, roll that back first"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("8000-8001,8080-8090");
    }

    @Test
    void a_later_change_of_the_next_namespace_with_the_same_number_is_no_matter() throws IOException {
        applyIn(new NetworkNamespace(9, null).withCookie(1L), "8000");
        applyIn(new NetworkNamespace(9, null).withCookie(2L), "8000-8001");
        assertThat(rollBack(1)).containsExactly(new End.Back("8000-8001,8080-8090", "8001,8080-8090"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("8001,8080-8090");
    }

    @Test
    void files_outlive_the_namespace() throws IOException {
        apply(Wishes.reserve("1433", RUNNING, PERSISTENT));
        var onlyFiles = new Tunings() {
            @Override
            public Whereabouts of(Change change) {
                return new Whereabouts.Gone(); // after a restart the host's own may have another number
            }

            @Override
            public HostTuning ofFiles() {
                return host;
            }
        };
        assertThat(rollBack(1, onlyFiles))
                .containsExactly(new End.Back("1433,8080-8090", null), new End.Nothing("its namespace is no more"));
        assertThat(value(Wishes.LIST, PERSISTENT)).isNull();
    }

    @Test
    void what_cannot_be_set_back_is_owed_and_tried_again_at_the_cost_of_one_line() throws IOException {
        apply(Wishes.reserve("1433", PERSISTENT));
        host.obstacle(PERSISTENT, new ActOutcome.Failed("the disk is full"));
        assertThat(rollBack(1))
                .containsExactly(
                        new End.Owed("it could not be set to not set: the disk is full; it is 1433,8080-8090"));
        assertThat(state(1)).isEqualTo(State.UNFINISHED);
        assertThat(journal.change(1).isOwed()).isTrue();

        long written = Files.size(Journal.file(folder));
        rollBack(1);
        assertThat(Files.size(Journal.file(folder))).isEqualTo(written);

        host.cleared(PERSISTENT);
        assertThat(rollBack(1)).singleElement().isInstanceOf(End.Back.class);
        assertThat(state(1)).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void a_later_change_that_is_owed_itself_is_not_named_for_what_somebody_else_has_set() throws IOException {
        apply(Wishes.set(Wishes.REUSE, "0", RUNNING));
        apply(Wishes.set(Wishes.REUSE, "1", RUNNING));
        byHand(Wishes.REUSE, RUNNING, "3");
        rollBack(2);
        assertThat(rollBack(1))
                .containsExactly(new End.Left("it is 3 now, which this change did not set; before it was 2"));
    }

    @Test
    void whoever_cannot_write_it_down_takes_nothing_back() throws IOException {
        apply(Wishes.reserve("1433", RUNNING));
        journal.close();
        var before = host.everything();
        try (Journal full = Deaths.onFullDisk(folder, 1, 1)) {
            assertThatThrownBy(() -> new Undoing(full, Tunings.only(host)).undo(full.change(1)))
                    .isInstanceOf(JournalException.class);
            assertThat(host.everything()).isEqualTo(before);
        }
    }

    @Test
    void a_disk_that_fills_up_on_the_way_back_does_not_stop_it_half_way() throws IOException {
        for (int refused : List.of(1, 1_000)) {
            for (int lines = 0;
                    lines < 6;
                    lines++) { // undoing, undoingStep, undoneStep, undoingStep, undoneStep, undone
                Path own = Files.createDirectory(folder.resolve("full" + lines + "-" + refused));
                FakeTuning other = Wishes.host();
                var before = other.everything();
                try (Journal whole = new Deaths(Deaths.NEVER).journal(own)) {
                    new Applying(whole, other)
                            .apply(Wishes.reserve("1433", RUNNING, PERSISTENT).on(other), "test", null, _ -> {});
                }
                var made = other.everything();
                boolean untouched = lines < 2;
                try (Journal full = Deaths.onFullDisk(own, lines, refused)) {
                    JournalException told = catchThrowableOfType(
                            JournalException.class, () -> new Undoing(full, Tunings.only(other)).undo(full.change(1)));
                    assertThat(told.why()).contains("No space left on device");
                    assertThat(String.valueOf(told.getMessage()).contains("change 1 is taken back, and the journal"))
                            .as("said after " + lines)
                            .isEqualTo(!untouched);
                }
                assertThat(other.everything()).as("full after " + lines).isEqualTo(untouched ? made : before);
                try (Journal later = new Deaths(Deaths.NEVER).journal(own)) {
                    new Recovery(later, Tunings.only(other), InstantSource.fixed(Deaths.NOW)).run();
                    assertThat(later.change(1).state()).isEqualTo(lines == 0 ? State.APPLIED : State.ROLLED_BACK);
                }
                assertThat(other.everything()).isEqualTo(lines == 0 ? made : before);
            }
        }
    }

    @Test
    void what_is_rolled_back_is_not_rolled_back_again() throws IOException {
        apply(Wishes.reserve("1433", RUNNING));
        rollBack(1);
        byHand(Wishes.LIST, RUNNING, "1433,8080-8090");
        assertThat(rollBack(1)).containsExactly(new End.Nothing("it was taken back before"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090");
    }

    @Test
    void what_an_earlier_change_had_left_is_taken_back_with_the_one_that_was_in_the_way() throws IOException {
        apply(Wishes.set(Wishes.REUSE, "0", RUNNING));
        apply(Wishes.set(Wishes.RANGE, "20000 60999", RUNNING));
        apply(Wishes.set(Wishes.REUSE, "1", RUNNING));
        rollBack(1);
        byHand(Wishes.RANGE, RUNNING, "1024 2047");
        rollBack(2); // somebody else is in its way
        assertThat(new Undoing(journal, Tunings.only(host)).undoWithWaiting(journal.change(3), UndoReason.ASKED))
                .extracting(Undone::id)
                .containsExactly(3, 1);
        assertThat(value(Wishes.REUSE, RUNNING)).isEqualTo("2");
        assertThat(state(1)).isEqualTo(State.ROLLED_BACK);
        assertThat(state(2)).isEqualTo(State.PARTLY_UNDONE);
    }

    @Test
    void a_rehearsal_says_what_it_would_come_to_and_changes_nothing() throws IOException {
        apply(Wishes.reserve("1433", RUNNING, PERSISTENT));
        apply(Wishes.reserve("1433,5432", RUNNING));
        rollBack(1);
        var before = host.everything();
        byte[] written = Files.readAllBytes(Journal.file(folder));
        List<Undone> foreseen;
        try (Journal imagined = Journal.imagined(folder, Deaths.ANN, InstantSource.fixed(Deaths.NOW))) {
            foreseen = new Undoing(
                            imagined,
                            new Rehearsal(_ ->
                                    new Tunings.Whereabouts.Found(new MortalTuning(host, new Deaths(Deaths.NEVER)))))
                    .undoWithWaiting(imagined.change(2), UndoReason.ASKED);
        }
        assertThat(host.everything()).isEqualTo(before);
        assertThat(Journal.file(folder)).hasBinaryContent(written);
        assertThat(foreseen).extracting(Undone::id).containsExactly(2, 1);
        assertThat(new Undoing(journal, Tunings.only(host)).undoWithWaiting(journal.change(2), UndoReason.ASKED))
                .isEqualTo(foreseen);
    }

    @Test
    void a_service_that_runs_again_is_not_stopped_to_give_its_port_back() throws IOException {
        apply(Wishes.exclude("1433"));
        int before = host.asked().size();
        rollBack(1);
        assertThat(host.asked().subList(before, host.asked().size()))
                .extracting(FakeTuning.Write::setting, FakeTuning.Write::text)
                .containsExactly(tuple(Wishes.EXCLUDED, "50000-50059"));
        assertThat(state(1)).isEqualTo(State.ROLLED_BACK);
        assertThat(host.everything()).isEqualTo(Wishes.host().everything());
    }

    @Test
    void a_service_that_somebody_has_stopped_since_stays_stopped() throws IOException {
        apply(Wishes.exclude("1433"));
        byHand(Wishes.SERVICE, RUNNING, "stopped");
        rollBack(1);
        assertThat(value(Wishes.SERVICE, RUNNING)).isEqualTo("stopped");
        assertThat(value(Wishes.EXCLUDED, PERSISTENT)).isEqualTo("50000-50059");
    }

    @Test
    void a_restart_of_a_service_is_in_nobodys_way() throws IOException {
        apply(Wishes.exclude("1433"));
        apply(Wishes.exclude("5022"));
        rollBack(1);
        assertThat(state(1)).isEqualTo(State.ROLLED_BACK);
        assertThat(value(Wishes.EXCLUDED, PERSISTENT)).isEqualTo("5022,50000-50059");
        assertThat(value(Wishes.SERVICE, RUNNING)).isEqualTo("running");
    }

    @Test
    void after_a_restart_of_the_system_only_the_exclusion_is_there_to_be_taken_back() throws IOException {
        apply(Wishes.exclude("1433"));
        host.restart();
        int before = host.asked().size();
        rollBack(1);
        assertThat(host.asked().subList(before, host.asked().size()))
                .extracting(FakeTuning.Write::setting)
                .containsExactly(Wishes.EXCLUDED);
    }
}

package dev.berth.remedy.apply;

import static dev.berth.platform.HostTuning.Place.PERSISTENT;
import static dev.berth.platform.HostTuning.Place.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.berth.remedy.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
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
        assertThat(rollBack(1)).containsExactly(new End.Back());
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("7000,8080-8090");
        assertThat(state(1)).isEqualTo(State.ROLLED_BACK);
    }

    @Test
    void a_port_that_a_later_change_asked_for_as_well_stays_until_that_is_rolled_back() throws IOException {
        apply(Wishes.reserve("1433,1434", RUNNING));
        apply(Wishes.reserve("1433,9000", RUNNING));
        assertThat(rollBack(1))
                .containsExactly(new End.Left("1433 stays as it is: change 2 asked for it too, roll that back first"));
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090,9000");
        assertThat(state(1)).isEqualTo(State.PARTLY_UNDONE);

        assertThat(rollBack(2)).containsExactly(new End.Back());
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090");
        assertThat(rollBack(1)).containsExactly(new End.Back());
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
        assertThat(rollBack(1)).containsExactly(new End.Back());
        assertThat(value(Wishes.LIST, PERSISTENT)).isEqualTo("8080-8090,9000");
        assertThat(rollBack(2)).containsExactly(new End.Back());
        assertThat(value(Wishes.LIST, PERSISTENT)).isNull(); // nobody wants the file any more
    }

    @Test
    void a_setting_that_a_later_change_has_set_too_is_left_and_the_change_named() throws IOException {
        apply(Wishes.set(Wishes.REUSE, "0", RUNNING));
        apply(Wishes.set(Wishes.REUSE, "1", RUNNING));
        assertThat(rollBack(1)).containsExactly(new End.Left("change 2 set it after this one: roll that back first"));
        assertThat(value(Wishes.REUSE, RUNNING)).isEqualTo("1");
        rollBack(2);
        assertThat(rollBack(1)).containsExactly(new End.Back());
        assertThat(value(Wishes.REUSE, RUNNING)).isEqualTo("2");
    }

    @Test
    void a_value_that_somebody_else_has_set_since_is_left() throws IOException {
        apply(Wishes.set(Wishes.REUSE, "0", RUNNING, PERSISTENT));
        byHand(Wishes.REUSE, RUNNING, "1");
        assertThat(rollBack(1))
                .containsExactly(new End.Back(), new End.Left("it is 1 now, which this change did not set"));
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
        assertThat(rollBack(1)).containsExactly(new End.Back(), new End.Back());
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
        assertThat(rollBack(1)).containsExactly(new End.Back());
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
        assertThat(rollBack(1)).containsExactly(new End.Back());
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
        assertThat(rollBack(1, onlyFiles)).containsExactly(new End.Back(), new End.Nothing("its namespace is no more"));
        assertThat(value(Wishes.LIST, PERSISTENT)).isNull();
    }

    @Test
    void what_cannot_be_set_back_is_left_and_can_be_tried_again() throws IOException {
        apply(Wishes.reserve("1433", PERSISTENT));
        host.obstacle(PERSISTENT, new ActOutcome.Failed("the disk is full"));
        assertThat(rollBack(1))
                .containsExactly(
                        new End.Left("it could not be set to not set: the disk is full; it is 1433,8080-8090"));
        assertThat(state(1)).isEqualTo(State.PARTLY_UNDONE);
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
    void what_is_rolled_back_is_not_rolled_back_again() throws IOException {
        apply(Wishes.reserve("1433", RUNNING));
        rollBack(1);
        byHand(Wishes.LIST, RUNNING, "1433,8080-8090");
        assertThat(rollBack(1)).containsExactly(new End.Back());
        assertThat(value(Wishes.LIST, RUNNING)).isEqualTo("1433,8080-8090");
    }
}

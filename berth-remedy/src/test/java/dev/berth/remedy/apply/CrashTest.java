package dev.berth.remedy.apply;

import static dev.berth.platform.HostTuning.Place.PERSISTENT;
import static dev.berth.platform.HostTuning.Place.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.remedy.apply.Wishes.Wish;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Berth dies at every point at which it can, and once more at every point of what puts that in order. */
class CrashTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Deaths.NOW);
    private static final String LONG = Wishes.ports(20_000, 700); // a page and a bit
    private static final String LONGER = Wishes.ports(30_000, 1_400);
    private static final Applying.Before NOTHING = _ -> {};

    @TempDir(factory = InMemory.class)
    private Path temporary;

    private int folders;

    /** One thing that Berth is told to do. */
    private interface Order {
        void carryOut(Journal journal, HostTuning host) throws IOException;
    }

    private static Order apply(Wish wish) {
        return apply(wish, null);
    }

    private static Order apply(Wish wish, @Nullable Duration confirmWithin) {
        return (journal, host) -> {
            Plan plan = wish.on(host);
            if (!plan.steps().isEmpty()) {
                new Applying(journal, host).apply(plan, "test", confirmWithin, NOTHING);
            }
        };
    }

    private static Order rollBack(int id) {
        return (journal, host) -> new Undoing(journal, Tunings.only(host)).undo(journal.change(id));
    }

    private static Order recover() {
        return (journal, host) -> new Recovery(journal, Tunings.only(host), CLOCK).run();
    }

    private Path folder() {
        try {
            return Files.createDirectory(temporary.resolve("state" + ++folders));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether it lived to the end of it */
    private static boolean survives(Path folder, FakeTuning host, Deaths deaths, Order order) throws IOException {
        try (Journal journal = deaths.journal(folder)) {
            order.carryOut(journal, new MortalTuning(host, deaths));
            return true;
        } catch (Deaths.Killed _) {
            return false;
        }
    }

    /** Dies at every point of the last order, and then at every point of each recovery. */
    private void sweep(List<Order> before, Order last) throws IOException {
        int points = 0;
        Map<Place, Map<String, String>> end = ended(before, last);
        for (int at = 1; ; at++) {
            Run run = prepared(before);
            var start = run.host.everything();
            if (survives(run.folder, run.host, new Deaths(at), last)) {
                break;
            }
            points++;
            int deepest = recoverDyingAt(before, last, at, Deaths.NEVER, start, end);
            for (int second = 1; second <= deepest; second++) {
                recoverDyingAt(before, last, at, second, start, end);
            }
        }
        assertThat(points).as("points of death").isGreaterThan(5);
    }

    private record Run(Path folder, FakeTuning host) {}

    private Run prepared(List<Order> before) throws IOException {
        var run = new Run(folder(), Wishes.host());
        for (Order order : before) {
            assertThat(survives(run.folder, run.host, new Deaths(Deaths.NEVER), order))
                    .isTrue();
        }
        return run;
    }

    private Map<Place, Map<String, String>> ended(List<Order> before, Order last) throws IOException {
        var all = new ArrayList<>(before);
        all.add(last);
        return prepared(all).host.everything();
    }

    /** @return how many points the first recovery has */
    private int recoverDyingAt(
            List<Order> before,
            Order last,
            int first,
            int second,
            Map<Place, Map<String, String>> start,
            Map<Place, Map<String, String>> end)
            throws IOException {
        Run run = prepared(before);
        survives(run.folder, run.host, new Deaths(first), last);
        var deaths = new Deaths(second);
        if (!survives(run.folder, run.host, deaths, recover())) {
            assertThat(survives(run.folder, run.host, new Deaths(Deaths.NEVER), recover()))
                    .isTrue();
        }
        String when = "killed at point " + first + ", and its recovery at " + second;
        assertThat(run.host.everything()).as(when).isIn(start, end);
        List<Change> changes = Journal.read(run.folder);
        assertThat(changes).as(when).noneMatch(change -> change.state() == State.UNFINISHED);
        assertThat(changes).as(when).noneMatch(change -> change.state() == State.PARTLY_UNDONE);
        rollBackAll(run, changes);
        assertThat(run.host.everything())
                .as(when + ", and all rolled back")
                .isEqualTo(Wishes.host().everything());
        return deaths.passed();
    }

    private static void rollBackAll(Run run, List<Change> changes) throws IOException {
        for (Change change : changes.reversed()) {
            survives(run.folder, run.host, new Deaths(Deaths.NEVER), rollBack(change.id()));
        }
    }

    @Test
    void a_change_is_made_or_not_made() throws IOException {
        sweep(List.of(), apply(Wishes.reserve("1433,9000-9010", RUNNING, PERSISTENT)));
        sweep(List.of(), apply(Wishes.set(Wishes.RANGE, "10240 65535", PERSISTENT, RUNNING)));
    }

    @Test
    void a_long_list_is_never_left_in_part() throws IOException {
        sweep(List.of(), apply(Wishes.reserve(LONG, RUNNING)));
        sweep(List.of(apply(Wishes.reserve(LONG, RUNNING))), apply(Wishes.reserve(LONGER, RUNNING)));
    }

    @Test
    void what_was_there_before_a_long_list_grew_does_not_hide_that_it_is_written_in_part() throws IOException {
        List<Order> high = List.of(apply(Wishes.reserve("65000", RUNNING)));
        sweep(high, apply(Wishes.reserveAlong("1433", LONGER, RUNNING)));
        List<Order> released =
                List.of(apply(Wishes.reserve(LONGER + ",65000", RUNNING)), apply(Wishes.unreserve(LONGER, RUNNING)));
        sweep(released, rollBack(2));
    }

    @Test
    void a_change_is_rolled_back_or_not_rolled_back() throws IOException {
        List<Order> two = List.of(
                apply(Wishes.reserve("1433", PERSISTENT, RUNNING)), apply(Wishes.set(Wishes.REUSE, "1", RUNNING)));
        sweep(two, rollBack(2));
        sweep(two, rollBack(1));
    }

    @Test
    void rolling_back_one_of_two_long_lists_is_never_left_in_part() throws IOException {
        List<Order> two = List.of(
                apply(Wishes.reserve(LONG, RUNNING, PERSISTENT)), apply(Wishes.reserve(LONGER, RUNNING, PERSISTENT)));
        sweep(two, rollBack(1));
    }

    @Test
    void a_service_that_was_stopped_to_exclude_its_port_is_started_again() throws IOException {
        sweep(List.of(), apply(Wishes.exclude("1433-1435,5022")));
        List<Order> two = List.of(apply(Wishes.exclude("1433")), apply(Wishes.exclude("5022")));
        sweep(two, rollBack(2));
        sweep(two, rollBack(1));
        sweep(List.of(apply(Wishes.exclude("1433"), Duration.ofSeconds(-1))), recover());
    }

    @Test
    void a_dynamic_range_of_windows_is_never_left_set_for_one_family() throws IOException {
        Wish wider = Wishes.set(Wishes.DYNAMIC, "10000-65535", PERSISTENT);
        sweep(List.of(), apply(wider));
        sweep(List.of(apply(wider)), rollBack(1));
    }

    @Test
    void a_value_of_the_registry_is_set_or_not_there() throws IOException {
        Wish legacy = Wishes.set(Wishes.REGISTRY, "65534", PERSISTENT);
        sweep(List.of(), apply(legacy));
        sweep(List.of(apply(legacy)), rollBack(1));
    }

    @Test
    void what_nobody_confirmed_is_taken_back() throws IOException {
        sweep(List.of(apply(Wishes.reserve("1433", RUNNING, PERSISTENT), Duration.ofSeconds(-1))), recover());
    }
}

package dev.berth.remedy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import dev.berth.platform.FakeTuning;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a host, taking it back restores what was there, to the letter. */
class RandomChangesTest {
    @TempDir(factory = InMemory.class)
    private Path temporary;

    private int folders;

    private interface Property {
        void holds(Path folder, Random random) throws IOException;
    }

    private void forAll(int count, Property property) {
        Cases.of(Random::nextLong).seed(Cases.fresh()).count(count).forEach(seed -> {
            try {
                property.holds(Files.createDirectory(temporary.resolve("state" + ++folders)), new Random(seed));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static FakeTuning anyHost(Random random, String list) {
        FakeTuning host = Wishes.host();
        if (random.nextBoolean()) {
            host.persistent(Wishes.LIST, random.nextBoolean() ? "" : list);
        }
        return random.nextBoolean() ? host.persistent(Wishes.REUSE, "0") : host;
    }

    private static void apply(Journal journal, FakeTuning host, Random random) throws IOException {
        Plan plan = Wishes.any(random).on(host);
        if (!plan.steps().isEmpty()) {
            assertThat(new Applying(journal, host).apply(plan, "test", null, _ -> {}))
                    .isInstanceOf(Applied.Done.class);
        }
    }

    @Test
    void what_was_changed_and_rolled_back_in_reverse_is_as_it_was() {
        forAll(200, (folder, random) -> {
            FakeTuning host = anyHost(random, "8088,7000-7010");
            var before = host.everything();
            try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    apply(journal, host, random);
                }
                for (Change change : journal.changes().reversed()) {
                    assertThat(new Undoing(journal, Tunings.only(host))
                                    .undo(change)
                                    .complete())
                            .isTrue();
                }
                assertThat(journal.changes()).allMatch(change -> change.state() == State.ROLLED_BACK);
            }
            assertThat(host.everything()).isEqualTo(before);
        });
    }

    @Test
    void in_any_other_order_it_takes_longer_and_comes_to_the_same() {
        forAll(200, (folder, random) -> {
            FakeTuning host = anyHost(random, "7000-7010,8088");
            var before = host.everything();
            try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    apply(journal, host, random);
                }
                List<Change> order = new ArrayList<>(journal.changes());
                for (int pass = 0; pass < order.size(); pass++) {
                    Collections.shuffle(order, random);
                    for (Change change : order) {
                        new Undoing(journal, Tunings.only(host)).undo(change);
                    }
                }
                assertThat(host.everything()).isEqualTo(before);
                assertThat(journal.changes()).allMatch(change -> change.state() == State.ROLLED_BACK);
            }
        });
    }

    @Test
    void whoever_is_killed_again_and_again_leaves_a_host_that_can_be_restored() {
        forAll(300, (folder, random) -> {
            FakeTuning host = anyHost(random, "8088,7000-7010");
            var before = host.everything();
            for (int i = random.nextInt(6); i >= 0; i--) {
                var deaths = new Deaths(1 + random.nextInt(60));
                try (Journal journal = deaths.journal(folder)) {
                    new Recovery(journal, Tunings.only(new MortalTuning(host, deaths)), InstantSource.fixed(Deaths.NOW))
                            .run();
                    Plan plan = Wishes.any(random).on(host);
                    if (!plan.steps().isEmpty()) {
                        new Applying(journal, new MortalTuning(host, deaths)).apply(plan, "test", null, _ -> {});
                    }
                } catch (Deaths.Killed _) {
                    // the next one finds what it left
                }
            }
            try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
                new Recovery(journal, Tunings.only(host), InstantSource.fixed(Deaths.NOW)).run();
                for (Change change : journal.changes().reversed()) {
                    assertThat(new Undoing(journal, Tunings.only(host))
                                    .undo(change)
                                    .complete())
                            .isTrue();
                }
            }
            assertThat(host.everything()).isEqualTo(before);
        });
    }
}

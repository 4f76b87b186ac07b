package dev.berth.remedy.apply;

import static dev.berth.platform.HostTuning.Place.PERSISTENT;
import static dev.berth.platform.HostTuning.Place.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.FakeTuning;
import dev.berth.remedy.apply.Wishes.Wish;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnconfirmedTest {
    @TempDir(factory = InMemory.class)
    private Path folder;

    private final FakeTuning host = Wishes.host();

    private List<String> kept(Wish first, @Nullable Duration confirmWithin, Wish then) throws IOException {
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            new Applying(journal, host).apply(first.on(host), "first", confirmWithin, _ -> {});
            return Unconfirmed.kept(journal.changes().getLast(), then.on(host));
        }
    }

    @Test
    void a_setting_that_is_set_again_is_not_set_back_in_time() throws IOException {
        assertThat(kept(
                        Wishes.set(Wishes.RANGE, "20000 60999", RUNNING),
                        Duration.ZERO,
                        Wishes.set(Wishes.RANGE, "30000 60999", RUNNING)))
                .containsExactly(Wishes.RANGE);
        assertThat(kept(Wishes.reserve("1433", RUNNING), Duration.ZERO, Wishes.reserve("1433", PERSISTENT)))
                .containsExactly(Wishes.LIST);
    }

    @Test
    void other_settings_other_ports_and_what_lasts_anyway_are_no_matter() throws IOException {
        Wish reserved = Wishes.reserve("1433", RUNNING);
        assertThat(kept(reserved, Duration.ZERO, Wishes.set(Wishes.REUSE, "1", RUNNING)))
                .isEmpty();
        assertThat(kept(Wishes.reserve("1434", RUNNING), Duration.ZERO, Wishes.reserve("5432", RUNNING)))
                .isEmpty();
        assertThat(kept(Wishes.set(Wishes.REUSE, "1", RUNNING), null, Wishes.set(Wishes.REUSE, "0", RUNNING)))
                .isEmpty();
    }
}

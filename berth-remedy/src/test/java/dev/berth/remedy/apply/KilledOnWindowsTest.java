package dev.berth.remedy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostTuning;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Terrain;
import dev.berth.windows.FakeWindows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Berth dies before each run of netsh, and before, in and after each line of its journal; then what puts that in order does too. */
class KilledOnWindowsTest {
    private static final Scope IPV4 = new Scope(Protocol.TCP, Family.IPV4);
    private static final Scope IPV6 = new Scope(Protocol.TCP, Family.IPV6);

    @TempDir(factory = InMemory.class)
    private Path temporary;

    private int folders;

    private interface Order {
        void carryOut(Journal journal, HostTuning host) throws IOException;
    }

    private static Order apply(FakeWindows windows, Aim aim) throws Exception {
        Plan plan = Planning.of(List.of(aim), Terrain.of(windows.host(), List.of()), new PlanOptions(false, false));
        return (journal, host) -> new Applying(journal, host).apply(plan, "test", null, _ -> {});
    }

    private static Order recover() {
        return (journal, host) -> new Recovery(journal, Tunings.only(host), InstantSource.fixed(Deaths.NOW)).run();
    }

    /** @return whether it lived to the end of it */
    private static boolean survives(Path folder, FakeWindows windows, Deaths deaths, Order order) throws IOException {
        windows.beforeNetsh(deaths::point);
        try (Journal journal = deaths.journal(folder)) {
            order.carryOut(journal, windows.host().tuning());
            return true;
        } catch (Deaths.Killed _) {
            return false;
        } finally {
            windows.beforeNetsh(() -> {});
        }
    }

    private static Map<Scope, PortSet> excluded(FakeWindows windows) {
        return Map.of(IPV4, windows.administered(IPV4), IPV6, windows.administered(IPV6));
    }

    private void sweep(FakeWindows.Builder builder, Aim aim) throws Exception {
        boolean alive = false;
        for (int at = 1; !alive; at++) {
            int deepest = 1;
            for (int second = 0; second <= deepest; second++) { // at 0 nobody dies
                FakeWindows windows = builder.build();
                Path folder = Files.createDirectory(temporary.resolve("state" + ++folders));
                alive = survives(folder, windows, new Deaths(at), apply(windows, aim));
                var deaths = new Deaths(second);
                if (!survives(folder, windows, deaths, recover())) {
                    assertThat(survives(folder, windows, new Deaths(Deaths.NEVER), recover()))
                            .isTrue();
                }
                deepest = Math.max(deepest, deaths.passed());
                check(builder, windows, folder, "killed at point %d, and its recovery at %d".formatted(at, second));
            }
        }
    }

    /** All of it is made, or none, and it can be taken back. */
    private static void check(FakeWindows.Builder builder, FakeWindows windows, Path folder, String when)
            throws IOException {
        var before = excluded(builder.build());
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            for (var change : journal.changes()) {
                assertThat(change.state()).as(when).isIn(State.APPLIED, State.UNDONE);
                if (change.state() == State.UNDONE) {
                    assertThat(excluded(windows)).as(when).isEqualTo(before);
                }
                new Undoing(journal, Tunings.only(windows.host().tuning())).undo(change);
            }
        }
        assertThat(excluded(windows)).as(when + ", and rolled back").isEqualTo(before);
    }

    private static Aim release(String ports) {
        return new Aim.Release(PortSet.parse(ports), Protocol.TCP);
    }

    @Test
    void of_a_block_from_which_a_port_is_taken_the_others_stay_or_come_back() throws Exception {
        sweep(FakeWindows.builder().excluded(1430, 1440), release("1433"));
        sweep(FakeWindows.builder().separateFamilies().excluded(1430, 1440).excluded(5000, 5001), release("1433,5000"));
    }
}

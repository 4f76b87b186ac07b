package dev.berth.remedy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.remedy.journal.Change.State;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Terrain;
import dev.berth.windows.FakeWindows;
import dev.berth.windows.system.ServiceEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Berth dies before each run of netsh, before each stop and start of a service, and before, in and after each line of its journal;
 * then what puts that in order does too.
 */
class KilledOnWindowsTest {
    private static final Scope IPV4 = new Scope(Protocol.TCP, Family.IPV4);
    private static final Scope IPV6 = new Scope(Protocol.TCP, Family.IPV6);

    @TempDir(factory = InMemory.class)
    private Path temporary;

    private int folders;

    private interface Order {
        void carryOut(Journal journal, HostTuning host) throws IOException;
    }

    private static Order apply(FakeWindows windows, Aim aim, PlanOptions options) throws Exception {
        Plan plan = Planning.of(List.of(aim), Terrain.of(windows.host(), List.of()), options);
        return (journal, host) -> new Applying(journal, host).apply(plan, "test", null, _ -> {});
    }

    private static Order rollBack() {
        return (journal, host) -> new Undoing(journal, Tunings.only(host)).undo(journal.change(1));
    }

    private static Order recover() {
        return (journal, host) -> new Recovery(journal, Tunings.only(host), InstantSource.fixed(Deaths.NOW)).run();
    }

    /** @return whether it lived to the end of it */
    private static boolean survives(Path folder, FakeWindows windows, Deaths deaths, Order order) throws IOException {
        windows.beforeEach(deaths::point);
        try (Journal journal = deaths.journal(folder)) {
            order.carryOut(journal, windows.host().tuning());
            return true;
        } catch (Deaths.Killed _) {
            return false;
        } finally {
            windows.beforeEach(() -> {});
        }
    }

    /** Its exclusions, its range and its services. */
    private static List<?> everything(FakeWindows windows) {
        return List.of(
                windows.administered(IPV4),
                windows.administered(IPV6),
                windows.host().tuning().read("tcp.dynamicport", Place.PERSISTENT),
                windows.services().stream()
                        .filter(ServiceEntry::running)
                        .map(ServiceEntry::name)
                        .toList());
    }

    /** Kills who makes it and who takes it back, and goes on in the same run of Windows and in the next. */
    private void sweep(FakeWindows.Builder builder, Aim aim, Restart... leave) throws Exception {
        var options = new PlanOptions(false, false, Set.of(leave));
        for (boolean made : new boolean[] {false, true}) {
            for (boolean restarted : new boolean[] {false, true}) {
                sweep(builder, aim, options, made, restarted);
            }
        }
    }

    private void sweep(FakeWindows.Builder builder, Aim aim, PlanOptions options, boolean made, boolean restarted)
            throws Exception {
        boolean alive = false;
        for (int at = 1; !alive; at++) {
            int deepest = 1;
            for (int second = 0; second <= deepest; second++) { // at 0 nobody dies
                FakeWindows windows = builder.build();
                Path folder = Files.createDirectory(temporary.resolve("state" + ++folders));
                Order apply = apply(windows, aim, options);
                assertThat(!made || survives(folder, windows, new Deaths(Deaths.NEVER), apply))
                        .isTrue();
                alive = survives(folder, windows, new Deaths(at), made ? rollBack() : apply);
                if (restarted) {
                    windows.restart();
                }
                var deaths = new Deaths(second);
                if (!survives(folder, windows, deaths, recover())) {
                    assertThat(survives(folder, windows, new Deaths(Deaths.NEVER), recover()))
                            .isTrue();
                }
                boolean quick = made || restarted || !options.restarts().isEmpty();
                deepest = quick ? 0 : Math.max(deepest, deaths.passed());
                check(
                        builder,
                        windows,
                        folder,
                        "%s killed at point %d, and recovery at %d%s"
                                .formatted(made ? "rollback" : "apply", at, second, restarted ? ", restarted" : ""));
            }
        }
    }

    /** All of it is made, or none, and it can be taken back. */
    private static void check(FakeWindows.Builder builder, FakeWindows windows, Path folder, String when)
            throws IOException {
        var before = everything(builder.build());
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            for (var change : journal.changes()) {
                assertThat(change.state()).as(when).isIn(State.APPLIED, State.UNDONE, State.ROLLED_BACK);
                if (change.state() != State.APPLIED) {
                    assertThat(everything(windows)).as(when).isEqualTo(before);
                }
                new Undoing(journal, Tunings.only(windows.host().tuning())).undo(change);
            }
        }
        assertThat(everything(windows)).as(when + ", and rolled back").isEqualTo(before);
    }

    private static Aim release(String ports) {
        return new Aim.Release(PortSet.parse(ports), Protocol.TCP);
    }

    @Test
    void of_a_block_from_which_a_port_is_taken_the_others_stay_or_come_back() throws Exception {
        sweep(FakeWindows.builder().excluded(1430, 1440), release("1433"));
        sweep(FakeWindows.builder().separateFamilies().excluded(1430, 1440).excluded(5000, 5001), release("1433,5000"));
    }

    private static Aim reserve(String ports) {
        return new Aim.Reserve(PortSet.parse(ports), Protocol.TCP);
    }

    @Test
    void of_ports_that_are_excluded_no_family_keeps_one_alone() throws Exception {
        sweep(FakeWindows.builder().excluded(50_000, 50_059), reserve("1433,5022"));
        sweep(FakeWindows.builder().separateFamilies(), reserve("1433,5022"));
    }

    @Test
    void what_somebody_excluded_for_one_family_stays_theirs() throws Exception {
        sweep(FakeWindows.builder().separateFamilies().excludedIn(Family.IPV4, 1433, 1433), reserve("1433,5022"));
        sweep(FakeWindows.builder().separateFamilies().excludedIn(Family.IPV6, 1430, 1440), release("1433"));
    }

    @Test
    void a_service_that_was_stopped_runs_again() throws Exception {
        sweep(FakeWindows.builder().service("MSSQLSERVER", 4242, 1433), reserve("1433"), Restart.SERVICES);
        sweep(
                FakeWindows.builder()
                        .separateFamilies()
                        .service("MSSQLSERVER", 4242, 1433)
                        .winnat(3),
                reserve("1433,49200"),
                Restart.values());
    }

    @Test
    void a_range_is_that_of_before_or_the_new_one() throws Exception {
        sweep(
                FakeWindows.builder().separateFamilies().dynamic(Protocol.TCP, 1024, 15_000),
                new Aim.Draw(new PortRange(49_152, 65_535), Protocol.TCP));
    }
}

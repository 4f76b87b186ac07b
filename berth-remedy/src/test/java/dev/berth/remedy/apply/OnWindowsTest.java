package dev.berth.remedy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.journal.Deaths;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanOptions;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.Planning;
import dev.berth.remedy.plan.Terrain;
import dev.berth.windows.FakeWindows;
import dev.berth.windows.NetshLanguage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plan, apply, verify and roll back, on a Windows whose netsh prints as recorded ones do. */
class OnWindowsTest {
    private static final String EXCLUDED = WindowsSetting.excludedPorts(Protocol.TCP, Family.IPV4);

    @TempDir(factory = InMemory.class)
    private Path folder;

    private static Aim reserve(String ports) {
        return new Aim.Reserve(PortSet.parse(ports), Protocol.TCP);
    }

    private static Reading excluded(FakeWindows windows) {
        return windows.host().tuning().read(EXCLUDED, Place.PERSISTENT);
    }

    private void andBack(FakeWindows windows, Reading between, PlanOptions options, Aim... aims) throws Exception {
        HostNetwork host = windows.host();
        Reading before = excluded(windows);
        Plan plan = Planning.of(List.of(aims), Terrain.of(host, List.of()), options);
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            Applied applied = new Applying(journal, host.tuning()).apply(plan, "reserve", null, _ -> {});
            assertThat(applied).isInstanceOf(Applied.Done.class);
            assertThat(excluded(windows)).isEqualTo(between);

            Undone undone = new Undoing(journal, Tunings.only(host.tuning()))
                    .undo(journal.changes().getLast());
            assertThat(undone.unfinished()).isEmpty();
        }
        assertThat(excluded(windows)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void ports_are_reserved_and_given_back_in_every_language(NetshLanguage language) throws Exception {
        var windows = FakeWindows.builder()
                .language(language)
                .excluded(50_000, 50_059)
                .build();
        andBack(
                windows,
                new Reading.Value("1433,5022,50000-50059"),
                new PlanOptions(false, false),
                reserve("1433,5022"));
    }

    private static List<PortSet> families(FakeWindows windows) {
        return Stream.of(Family.values())
                .map(family -> windows.administered(new Scope(Protocol.TCP, family)))
                .toList();
    }

    @Test
    void what_somebody_excluded_for_one_family_alone_is_theirs() throws Exception {
        var windows = FakeWindows.builder()
                .separateFamilies()
                .excludedIn(Family.IPV4, 1433, 1433)
                .excludedIn(Family.IPV6, 9000, 9000)
                .build();
        var before = families(windows);
        andBack(windows, new Reading.Value("1433,5022"), new PlanOptions(false, false), reserve("1433,5022"));
        assertThat(families(windows)).isEqualTo(before);
        andBack(
                windows,
                new Reading.Value(""),
                new PlanOptions(false, false),
                new Aim.Release(PortSet.parse("1433,9000"), Protocol.TCP));
        assertThat(families(windows)).isEqualTo(before);
    }

    @Test
    void both_families_of_one_space_are_two_steps_that_hold() throws Exception {
        var windows = FakeWindows.builder().build();
        andBack(windows, new Reading.Value("1433"), new PlanOptions(false, false), reserve("1433"));
        assertThat(windows.told()).hasSize(2); // one to add it, and one to take it out
    }

    @Test
    void where_one_family_refuses_the_other_does_not_keep_it() throws Exception {
        var windows =
                FakeWindows.builder().separateFamilies().refusedByIpv6(8085).build();
        HostNetwork host = windows.host();
        Plan plan =
                Planning.of(List.of(reserve("8080-8085")), Terrain.of(host, List.of()), new PlanOptions(false, false));
        try (Journal journal = new Deaths(Deaths.NEVER).journal(folder)) {
            Applied applied = new Applying(journal, host.tuning()).apply(plan, "reserve", null, _ -> {});
            assertThat(applied)
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.undoing().unfinished()).isEmpty());
        }
        assertThat(windows.exclusions()).isEmpty();
    }

    @Test
    void the_service_that_holds_the_port_is_stopped_and_started_around_it() throws Exception {
        var windows = FakeWindows.builder().service("MSSQLSERVER", 4242, 1433).build();
        andBack(
                windows,
                new Reading.Value("1433"),
                new PlanOptions(false, false, Set.of(Restart.SERVICES)),
                reserve("1433"));
        assertThat(windows.told()).startsWith("stop MSSQLSERVER").contains("start MSSQLSERVER");
        assertThat(windows.process(4242)).isPresent();
    }

    @Test
    void a_service_that_another_one_needs_is_stopped_after_that_one_and_started_before_it() throws Exception {
        var windows = FakeWindows.builder()
                .service("MSSQLSERVER", 4242, 1433)
                .dependent("SQLSERVERAGENT", 4300, "MSSQLSERVER")
                .build();
        andBack(
                windows,
                new Reading.Value("1433"),
                new PlanOptions(false, false, Set.of(Restart.SERVICES)),
                reserve("1433"));
        assertThat(windows.told())
                .filteredOn(told -> told.contains("SERVER"))
                .containsExactly(
                        "stop SQLSERVERAGENT", "stop MSSQLSERVER", "start MSSQLSERVER", "start SQLSERVERAGENT");
    }

    @Test
    void winnat_is_stopped_and_started_around_it() throws Exception {
        var windows = FakeWindows.builder().winnat(3).build();
        andBack(
                windows,
                new Reading.Value("49200"),
                new PlanOptions(false, false, Set.of(Restart.WINNAT)),
                reserve("49200"));
        assertThat(windows.told()).startsWith("stop winnat").contains("start winnat");
    }

    @Test
    void a_range_is_drawn_from_and_the_old_one_comes_back() throws Exception {
        var windows = FakeWindows.builder().dynamic(Protocol.TCP, 1024, 15_000).build();
        andBack(
                windows,
                new Reading.Value(""),
                new PlanOptions(false, false),
                new Aim.Draw(new PortRange(49_152, 65_535), Protocol.TCP));
        assertThat(windows.host().tuning().read("tcp.dynamicport", Place.PERSISTENT))
                .isEqualTo(new Reading.Value("1024-15000"));
    }
}

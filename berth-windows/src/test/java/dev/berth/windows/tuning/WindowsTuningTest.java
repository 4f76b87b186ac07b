package dev.berth.windows.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.windows.FakeWindows;
import dev.berth.windows.NetshLanguage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowsTuningTest {
    private static final String EXCLUDED = WindowsSetting.excludedPorts(Protocol.TCP, Family.IPV4);
    private static final String EXCLUDED_V6 = WindowsSetting.ofOtherFamily(EXCLUDED);
    private static final String DYNAMIC = WindowsSetting.dynamicPorts(Protocol.TCP);
    private static final ActOutcome DONE = new ActOutcome.Done();

    private static Reading read(FakeWindows windows, String setting) {
        return WindowsTuning.of(windows).read(setting, Place.PERSISTENT);
    }

    private static ActOutcome write(FakeWindows windows, String setting, @Nullable String text) {
        return WindowsTuning.of(windows).write(setting, Place.PERSISTENT, text);
    }

    private static Reading value(String text) {
        return new Reading.Value(text);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void ports_are_excluded_and_given_back_whatever_language_netsh_speaks(NetshLanguage language) {
        var windows = FakeWindows.builder()
                .language(language)
                .reservedBySystem(5357, 5357)
                .excluded(50_000, 50_059)
                .build();

        assertThat(write(windows, EXCLUDED, "1433,8080-8082,50000-50059")).isEqualTo(DONE);
        assertThat(read(windows, EXCLUDED)).isEqualTo(value("1433,8080-8082,50000-50059"));

        assertThat(write(windows, EXCLUDED, "50000-50059")).isEqualTo(DONE);
        assertThat(read(windows, EXCLUDED)).isEqualTo(value("50000-50059"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void the_dynamic_range_is_set_and_given_back_in_every_language(NetshLanguage language) {
        var windows = FakeWindows.builder()
                .language(language)
                .dynamic(Protocol.TCP, 1024, 15_000)
                .build();
        assertThat(read(windows, DYNAMIC)).isEqualTo(value("1024-15000"));

        assertThat(write(windows, DYNAMIC, "49152-65535")).isEqualTo(DONE);
        assertThat(read(windows, DYNAMIC)).isEqualTo(value("49152-65535"));

        assertThat(write(windows, DYNAMIC, "1024-15000")).isEqualTo(DONE); // as it was, which KB 929851 would refuse
        assertThat(read(windows, DYNAMIC)).isEqualTo(value("1024-15000"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void who_is_not_elevated_is_told_so_before_netsh_is_asked(NetshLanguage language) {
        var windows = FakeWindows.builder()
                .language(language)
                .notElevated()
                .service("Spooler", 4242)
                .build();
        var refused = new ActOutcome.NotPermitted("an elevated prompt: run as administrator");

        assertThat(write(windows, EXCLUDED, "1433")).isEqualTo(refused);
        assertThat(write(windows, DYNAMIC, "49152-65535")).isEqualTo(refused);
        assertThat(write(windows, "registry.MaxUserPort", "65534")).isEqualTo(refused);
        assertThat(WindowsTuning.of(windows).obstacle("service.Spooler", Place.RUNNING))
                .isEqualTo(refused);
        assertThat(windows.told()).isEmpty();
        assertThat(read(windows, EXCLUDED)).isEqualTo(value("")); // looking needs none
    }

    @Test
    void each_family_has_a_list_of_its_own_though_many_a_windows_keeps_one_for_both() {
        var shared = FakeWindows.builder().build();
        var separate = FakeWindows.builder().separateFamilies().build();

        assertThat(write(shared, EXCLUDED_V6, "1433")).isEqualTo(DONE);
        assertThat(write(separate, EXCLUDED_V6, "1433")).isEqualTo(DONE);

        assertThat(separate.told())
                .containsExactly(
                        "netsh interface ipv6 add excludedportrange protocol=tcp startport=1433 numberofports=1 store=persistent");
        assertThat(read(shared, EXCLUDED)).isEqualTo(value("1433"));
        assertThat(read(separate, EXCLUDED)).isEqualTo(value(""));
        assertThat(read(separate, EXCLUDED_V6)).isEqualTo(value("1433"));
    }

    @Test
    void what_is_left_of_a_block_lasts_as_long_as_the_block_was_to() {
        var windows = FakeWindows.builder()
                .excluded(1430, 1440)
                .excludedUntilRestart(8080, 8090)
                .build();

        assertThat(write(windows, EXCLUDED, "1430-1434,1436-1440,8080-8084,8086-8090"))
                .isEqualTo(DONE);
        windows.restart();

        assertThat(read(windows, EXCLUDED)).isEqualTo(value("1430-1434,1436-1440"));
    }

    @Test
    void what_is_left_of_the_block_of_hns_is_left_to_hns() {
        var windows = FakeWindows.builder().excludedUntilRestart(50_000, 50_059).build();

        assertThat(write(windows, EXCLUDED, "50000-50009,50011-50059")).isEqualTo(DONE);
        windows.restart();

        assertThat(read(windows, EXCLUDED)).isEqualTo(value(""));
    }

    @Test
    void neighbours_are_one_block_and_a_held_one_stops_no_other() {
        var windows = FakeWindows.builder().listener("web.exe", 4242, 8085).build();

        ActOutcome outcome = write(windows, EXCLUDED, "8080-8095");

        assertThat(outcome)
                .isEqualTo(
                        new ActOutcome.Failed(
                                "Windows does not exclude 8085 (a socket holds it, and Windows cannot exclude a port that is held)"));
        assertThat(read(windows, EXCLUDED)).isEqualTo(value("8080-8084,8086-8095"));
        assertThat(windows.told()).hasSizeLessThan(12); // not 16
    }

    @Test
    void what_was_added_before_a_failure_can_be_taken_back() {
        var windows = FakeWindows.builder()
                .separateFamilies()
                .excluded(1433, 1433)
                .listener("web.exe", 4242, 8085)
                .build();
        write(windows, EXCLUDED, "1433,8080-8095");

        assertThat(write(windows, EXCLUDED, "1433")).isEqualTo(DONE);

        assertThat(read(windows, EXCLUDED)).isEqualTo(value("1433"));
    }

    @Test
    void two_thousand_ports_in_a_row_are_one_run_of_netsh() {
        var windows = FakeWindows.builder().build();

        assertThat(write(windows, EXCLUDED, "10000-11999")).isEqualTo(DONE);

        assertThat(windows.told()).hasSize(1);
    }

    @Test
    void every_reason_is_told_with_its_ports() {
        var windows = FakeWindows.builder()
                .reservedBySystem(5985, 5985)
                .listener("sqlservr.exe", 4242, 1433)
                .build();

        ActOutcome outcome = write(windows, EXCLUDED, "1433,5985,9000");

        assertThat(outcome.detail())
                .isEqualTo("Windows does not exclude 5985 (the system has reserved 5985 for itself),"
                        + " 1433 (a socket holds it, and Windows cannot exclude a port that is held)");
        assertThat(read(windows, EXCLUDED)).isEqualTo(value("9000"));
    }

    @Test
    void where_netsh_prints_no_table_nothing_is_known_and_nothing_is_changed() {
        var windows = FakeWindows.builder().language(NetshLanguage.SILENT).build();

        assertThat(read(windows, EXCLUDED)).isInstanceOf(Reading.Unknown.class);
        assertThat(read(windows, DYNAMIC)).isInstanceOf(Reading.Unknown.class);
        assertThat(write(windows, EXCLUDED, "1433")).isInstanceOf(ActOutcome.Failed.class);
        assertThat(write(windows, DYNAMIC, "49152-65535")).isInstanceOf(ActOutcome.Failed.class);
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void a_port_is_taken_out_of_its_block_and_the_others_are_excluded_again() {
        var windows = FakeWindows.builder()
                .separateFamilies()
                .excluded(50_000, 50_059)
                .excluded(50_060, 50_060)
                .build();

        assertThat(write(windows, EXCLUDED, "50000-50009,50011-50060")).isEqualTo(DONE);

        assertThat(read(windows, EXCLUDED)).isEqualTo(value("50000-50009,50011-50060"));
        assertThat(windows.told())
                .contains(
                        "netsh interface ipv4 delete excludedportrange protocol=tcp startport=50000 numberofports=60 store=persistent")
                .noneMatch(run -> run.contains("startport=50060"));
    }

    @Test
    void a_block_is_left_alone_where_the_rest_of_it_could_not_be_excluded_again() {
        var windows = FakeWindows.builder()
                .excluded(8080, 8089)
                .listener("web.exe", 4242, 8085)
                .build();

        ActOutcome outcome = write(windows, EXCLUDED, "8081-8089");

        assertThat(outcome)
                .isEqualTo(new ActOutcome.Failed("the block 8080-8089 can only be taken out whole, and Windows"
                        + " would not exclude 8085 again, which a socket holds: free it first"));
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void a_held_port_can_be_given_back_with_its_whole_block() {
        var windows = FakeWindows.builder()
                .excluded(8080, 8089)
                .listener("web.exe", 4242, 8085)
                .build();

        assertThat(write(windows, EXCLUDED, "")).isEqualTo(DONE);

        assertThat(read(windows, EXCLUDED)).isEqualTo(value(""));
    }

    @Test
    void blocks_of_winnat_give_way_while_it_is_stopped() {
        var windows = FakeWindows.builder().winnat(3).build();
        HostTuning tuning = WindowsTuning.of(windows);
        assertThat(write(windows, EXCLUDED, "49200").detail()).contains("the system has reserved 49162-49261");

        assertThat(tuning.write("service.winnat", Place.RUNNING, WindowsSetting.STOPPED))
                .isEqualTo(DONE);
        assertThat(write(windows, EXCLUDED, "49200")).isEqualTo(DONE);
        assertThat(tuning.write("service.winnat", Place.RUNNING, WindowsSetting.RUNNING))
                .isEqualTo(DONE);

        assertThat(tuning.read("service.winnat", Place.RUNNING)).isEqualTo(value(WindowsSetting.RUNNING));
        windows.restart();
        assertThat(read(windows, EXCLUDED)).isEqualTo(value("49200"));
    }

    @Test
    void the_service_that_berth_runs_in_is_not_stopped_and_that_is_told_beforehand() {
        var windows = FakeWindows.builder()
                .service("sshd", (int) ProcessHandle.current().pid(), 22)
                .build();
        HostTuning tuning = WindowsTuning.of(windows);
        var ours = new ActOutcome.Failed("Berth runs in sshd, and would end with it");
        assertThat(tuning.obstacle("service.sshd", Place.RUNNING)).isEqualTo(ours);
        assertThat(tuning.write("service.sshd", Place.RUNNING, WindowsSetting.STOPPED))
                .isEqualTo(ours);
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void a_service_makes_room_for_the_exclusion_of_its_own_port() {
        var windows = FakeWindows.builder().service("MSSQLSERVER", 4242, 1433).build();
        HostTuning tuning = WindowsTuning.of(windows);

        assertThat(tuning.write("service.MSSQLSERVER", Place.RUNNING, WindowsSetting.STOPPED))
                .isEqualTo(DONE);
        assertThat(write(windows, EXCLUDED, "1433")).isEqualTo(DONE);
        assertThat(tuning.write("service.MSSQLSERVER", Place.RUNNING, WindowsSetting.RUNNING))
                .isEqualTo(DONE);

        assertThat(read(windows, EXCLUDED)).isEqualTo(value("1433"));
    }

    @Test
    void a_driver_that_cannot_take_its_ports_again_says_so() {
        var windows = FakeWindows.builder().winnat(1).failingStart("winnat", 32).build();
        HostTuning tuning = WindowsTuning.of(windows);
        tuning.write("service.winnat", Place.RUNNING, WindowsSetting.STOPPED);

        assertThat(tuning.write("service.winnat", Place.RUNNING, WindowsSetting.RUNNING))
                .isEqualTo(new ActOutcome.Failed(
                        "the service winnat did not start (error 32): ports that it needs are held by others"));
        assertThat(tuning.read("service.winnat", Place.RUNNING)).isEqualTo(value(WindowsSetting.STOPPED));
    }

    @Test
    void udp_and_tcp_are_apart() {
        var windows = FakeWindows.builder().datagrams("dns.exe", 4242, 53).build();

        assertThat(write(windows, EXCLUDED, "53")).isEqualTo(DONE);

        assertThat(read(windows, WindowsSetting.excludedPorts(Protocol.UDP, Family.IPV4)))
                .isEqualTo(value(""));
        assertThat(write(windows, WindowsSetting.excludedPorts(Protocol.UDP, Family.IPV4), "53"))
                .isInstanceOf(ActOutcome.Failed.class);
    }

    @Test
    void families_may_have_dynamic_ranges_of_their_own() {
        var windows = FakeWindows.builder().separateFamilies().build();

        assertThat(write(windows, DYNAMIC, "49152-65535 ipv6 1025-15000")).isEqualTo(DONE);

        assertThat(read(windows, DYNAMIC)).isEqualTo(value("49152-65535 ipv6 1025-15000"));
        assertThat(windows.told())
                .containsExactly("netsh interface ipv6 set dynamicport tcp start=1025 num=13976 store=persistent");
    }

    @Test
    void a_range_beyond_the_limits_is_refused_before_netsh_is_asked() {
        var windows = FakeWindows.builder().build();

        for (String text :
                List.of("1000-65535", "1025-1200", "49152-70000", "50000", "49152-65535 ipv6 80-90", "all")) {
            assertThat(write(windows, DYNAMIC, text)).as(text).isInstanceOf(ActOutcome.Failed.class);
        }
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void what_is_no_list_of_ports_is_refused() {
        var windows = FakeWindows.builder().build();

        for (String text : List.of("0", "8080,70000", "web", "1 2")) {
            assertThat(write(windows, EXCLUDED, text)).as(text).isInstanceOf(ActOutcome.Failed.class);
        }
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void a_setting_this_system_does_not_have_is_unset_and_cannot_be_set() {
        HostTuning tuning = WindowsTuning.of(FakeWindows.builder().build());

        for (String nowhere : List.of("net.ipv4.tcp_tw_reuse", "registry.Run", "service.nobody", "x.dynamicport")) {
            for (Place place : Place.values()) {
                assertThat(tuning.read(nowhere, place)).as(nowhere).isEqualTo(new Reading.Unset());
                assertThat(tuning.write(nowhere, place, "1"))
                        .as(nowhere)
                        .isInstanceOf(ActOutcome.NotOnThisSystem.class);
                assertThat(tuning.obstacle(nowhere, place)).as(nowhere).isInstanceOf(ActOutcome.NotOnThisSystem.class);
            }
        }
    }

    @Test
    void a_setting_has_one_place_only() {
        HostTuning tuning = WindowsTuning.of(FakeWindows.builder().build());

        assertThat(tuning.obstacle(EXCLUDED, Place.RUNNING))
                .isEqualTo(new ActOutcome.NotOnThisSystem(
                        "tcp.ipv4.excludedportrange has no running value of its own: it is persistent only"));
        assertThat(tuning.obstacle(EXCLUDED, Place.PERSISTENT)).isNull();
    }

    @Test
    void a_run_has_one_name_and_the_next_run_another() {
        var windows = FakeWindows.builder().build();
        HostTuning tuning = WindowsTuning.of(windows);
        String name = tuning.startId();

        assertThat(tuning.startId()).isEqualTo(name).isNotEmpty();
        windows.restart();
        assertThat(tuning.startId()).isNotEqualTo(name);
    }
}

package dev.berth.windows.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.HostControl;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.ProcessRef;
import dev.berth.windows.FakeWindows;
import dev.berth.windows.sockets.TablesOnly;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowsControlTest {
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final int WEB = 4242;

    private static FakeWindows.Builder windows() {
        return FakeWindows.builder().listener("web.exe", WEB, 8080);
    }

    private static HostControl control(FakeWindows windows) {
        return WindowsControl.of(FakeHostNetwork.with(), windows);
    }

    private static ProcessRef process(int pid) {
        return new ProcessRef(pid, FakeWindows.STARTED);
    }

    @Test
    void a_program_with_a_window_is_asked_to_close_it() {
        FakeWindows windows = windows().window("web.exe").build();

        assertThat(control(windows).signal(process(WEB), EndSignal.SIGTERM)).isEqualTo(new ActOutcome.Done());

        assertThat(windows.told()).containsExactly("close the windows of web.exe");
    }

    @Test
    void a_program_without_a_window_cannot_be_asked_and_lives_on() {
        FakeWindows windows = windows().build();

        assertThat(control(windows).signal(process(WEB), EndSignal.SIGTERM))
                .isEqualTo(
                        new ActOutcome.NotOnThisSystem("process 4242 has no window on this desktop, and Windows has no"
                                + " other way to ask a program to end; --force ends it without asking"));

        assertThat(windows.told()).isEmpty();
    }

    @Test
    void a_process_is_ended_by_its_id_and_its_start() {
        FakeWindows windows = windows().build();
        HostControl control = control(windows);

        assertThat(control.signal(process(WEB), EndSignal.SIGKILL)).isEqualTo(new ActOutcome.Done());

        assertThat(windows.told()).containsExactly("terminate 4242, started at 133752672000000000");
        assertThat(control.awaitEnd(process(WEB), A_WHILE)).isTrue();
        assertThat(control.signal(process(WEB), EndSignal.SIGKILL))
                .isEqualTo(new ActOutcome.Gone("process 4242 has ended"));
    }

    @Test
    void a_later_process_with_the_same_id_is_left_alone() {
        FakeWindows windows = windows().build();
        var earlier = new ProcessRef(WEB, FakeWindows.STARTED.minusSeconds(1));

        assertThat(control(windows).signal(earlier, EndSignal.SIGKILL))
                .isEqualTo(new ActOutcome.Gone("process 4242 has ended, and another has its id now"));
        assertThat(control(windows).awaitEnd(earlier, Duration.ZERO)).isTrue();
        assertThat(control(windows).awaitEnd(process(WEB), Duration.ofMillis(10)))
                .isFalse();
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void the_kernel_berth_itself_and_what_windows_hangs_on_are_never_ended() {
        FakeWindows windows = FakeWindows.builder()
                .listener("System", 4, 80)
                .listener("lsass.exe", 700, 49_664)
                .build();
        int self = (int) ProcessHandle.current().pid();

        for (int pid : new int[] {0, 4, 700, self}) {
            for (EndSignal signal : EndSignal.values()) {
                assertThat(control(windows).signal(process(pid), signal))
                        .as(pid + " " + signal)
                        .isInstanceOf(ActOutcome.Failed.class);
            }
        }
        assertThat(control(windows).signal(process(4), EndSignal.SIGKILL).detail())
                .contains("netsh http show servicestate");
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void nobody_has_ended_because_processes_cannot_be_listed() {
        var system = new TablesOnly().refusingProcesses(8);
        var end = new ProcessEnd(system, windows().build().acts(), new Lineage(system));

        assertThat(end.signal(process(WEB), EndSignal.SIGKILL))
                .isEqualTo(
                        new ActOutcome.Failed(
                                "whether process 4242 is still there is not told: CreateToolhelp32Snapshot failed with error 8"));
        assertThat(end.await(process(WEB), Duration.ofMillis(10))).isFalse();
        assertThat(new Lineage(system).read().whole()).isFalse();
    }

    @Test
    void who_is_not_elevated_is_told_so() {
        assertThat(control(windows().notElevated().build()).signal(process(WEB), EndSignal.SIGKILL))
                .isInstanceOf(ActOutcome.NotPermitted.class);
    }

    @Test
    void the_line_of_berth_begins_with_itself() {
        HostControl control = control(windows().build());

        assertThat(control.ancestry().line()).first().isEqualTo(process((int)
                ProcessHandle.current().pid()));
        assertThat(control.ancestry().whole()).isTrue();
    }

    @Test
    void a_service_is_stopped_by_its_name_in_any_case() {
        FakeWindows windows =
                FakeWindows.builder().service("MSSQLSERVER", WEB, 1433).build();

        assertThat(control(windows).stopUnit("mssqlserver", A_WHILE)).isEqualTo(new ActOutcome.Done());

        assertThat(windows.told()).containsExactly("stop MSSQLSERVER");
        assertThat(windows.process(WEB)).isEmpty();
    }

    @Test
    void services_that_share_a_process_are_named_and_none_is_stopped() {
        FakeWindows windows = FakeWindows.builder()
                .service("Dhcp", WEB, 8080)
                .service("EventLog", WEB)
                .build();

        assertThat(control(windows).stopUnit("Dhcp+EventLog", A_WHILE).detail()).contains("Dhcp, EventLog");
        assertThat(control(windows).stopUnit("nobody", A_WHILE))
                .isEqualTo(new ActOutcome.NotOnThisSystem("there is no service nobody"));
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void the_service_that_berth_runs_in_is_not_stopped() {
        FakeWindows windows = FakeWindows.builder()
                .service("Jenkins", (int) ProcessHandle.current().pid())
                .build();

        assertThat(control(windows).stopUnit("Jenkins", A_WHILE)).isInstanceOf(ActOutcome.Failed.class);
        assertThat(windows.told()).isEmpty();
    }
}

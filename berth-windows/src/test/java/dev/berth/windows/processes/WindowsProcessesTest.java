package dev.berth.windows.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.Gap;
import dev.berth.platform.ProcessInfo;
import dev.berth.windows.sockets.TablesOnly;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.ServiceEntry;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsProcessesTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T03:12:00Z");

    private static ProcessInfo told(TablesOnly system, int pid) {
        return new WindowsProcesses(system, InstantSource.system()).of(pid).orElseThrow();
    }

    private static ProcessEntry entry(int pid, String name, String path, String command) {
        return new ProcessEntry(pid, 1, name, path, command, "NT AUTHORITY\\SYSTEM", STARTED);
    }

    @Test
    void a_process_is_told_by_the_name_of_its_program_and_its_command_without_secrets() {
        String path = "C:\\Program Files\\Shop\\shop.exe";
        var system =
                new TablesOnly().with(entry(42, "shop.exe", path, "\"" + path + "\" --port 8080 --password hunter2"));
        assertThat(told(system, 42))
                .isEqualTo(new ProcessInfo(
                        42,
                        "shop.exe",
                        path + " --port 8080 --password ***",
                        "NT AUTHORITY\\SYSTEM",
                        STARTED,
                        null,
                        null));
    }

    @Test
    void without_a_command_line_the_path_stands_for_it() {
        String path = "C:\\Windows\\System32\\svchost.exe";
        var system = new TablesOnly().with(new ProcessEntry(42, 1, "svchost.exe", path, null, null, null));
        assertThat(told(system, 42).command()).isEqualTo(path);
    }

    @Test
    void of_a_process_that_lets_nobody_look_the_name_is_left() {
        var system = new TablesOnly().with(new ProcessEntry(42, 1, "MsMpEng.exe", null, null, null, null));
        assertThat(told(system, 42)).isEqualTo(new ProcessInfo(42, "MsMpEng.exe", null, null, null, null, null));
    }

    @Test
    void the_services_that_share_a_process_are_all_named() {
        var system = new TablesOnly()
                .with(entry(42, "svchost.exe", "svchost.exe", "svchost.exe -k NetworkService"))
                .with(entry(43, "sqlservr.exe", "sqlservr.exe", "sqlservr.exe -sMSSQLSERVER"))
                .with(new ServiceEntry("TermService", "Remote Desktop Services", 42, true))
                .with(new ServiceEntry("Dnscache", "DNS Client", 42, true))
                .with(new ServiceEntry("MSSQLSERVER", "SQL Server (MSSQLSERVER)", 43, true))
                .with(new ServiceEntry("HTTP", "HTTP Service", 0, true))
                .with(new ServiceEntry("Spooler", "Print Spooler", 0, false));
        assertThat(told(system, 42).unit()).isEqualTo("Dnscache+TermService");
        assertThat(told(system, 43).unit()).isEqualTo("MSSQLSERVER");
    }

    @Test
    void services_that_cannot_be_listed_are_a_gap() {
        var system = new TablesOnly().with(entry(42, "svchost.exe", "svchost.exe", "svchost.exe"));
        assertThat(new WindowsProcesses(system, InstantSource.system()).gaps()).isEmpty();
        system.refusingServices(5);
        assertThat(told(system, 42).unit()).isNull();
        assertThat(new WindowsProcesses(system, InstantSource.system()).gaps())
                .containsExactly(
                        new Gap("which services run in a process", "EnumServicesStatusExW failed with error 5"));
    }

    @Test
    void the_kernel_is_named_for_what_it_is_and_what_is_only_known_says_so() {
        var system = new TablesOnly().with(new ProcessEntry(4, 0, "System", null, null, null, null));
        assertThat(told(system, 4).name()).isEqualTo("System");
        assertThat(told(system, 4).command()).isEqualTo("(known, not read: the kernel, and drivers such as http.sys)");
        assertThat(told(system, 0).name()).isEqualTo("System Idle Process");
    }

    @Test
    void a_list_of_processes_that_fails_is_not_the_end_of_any() {
        assertThat(told(new TablesOnly().refusingProcesses(8), 42))
                .isEqualTo(new ProcessInfo(42, "(not told)", null, null, null, null, null));
    }

    @Test
    void a_process_that_has_ended_is_not_told() {
        assertThat(new WindowsProcesses(new TablesOnly(), InstantSource.system()).of(42))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            a.exe b c               ~ a.exe|b|c
            "C:\\a b\\c.exe"  -x   ~ C:\\a b\\c.exe|-x
            a "b c" "d"e            ~ a|b c|de
            a \\\\server\\share\\   ~ a|\\\\server\\share\\
            a \\"b\\" c             ~ a|"b"|c
            a "b\\\\" c             ~ a|b\\|c
            a "" b                  ~ a||b
            """)
    void a_command_line_falls_into_arguments_as_programs_in_c_see_it(String line, String arguments) {
        assertThat(String.join("|", CommandLine.split(line))).isEqualTo(arguments);
    }
}

package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.FakeHostProvider;
import dev.berth.windows.FakeWindows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.ObjectMapper;

/** The commands on a Windows whose netsh, services and sockets act on each other, as in the texts of docs/windows.md. */
class OnFakeWindowsTest {
    private static final String TEXT_1 = "reserve 1433 --free --start MSSQLSERVER";
    private static final PortRange EXCLUDED = PortRange.of(1433);

    @TempDir
    private Path folder;

    private Ran run(FakeWindows windows, String line) {
        var environment = Map.of("BERTH_STATE", folder.toString(), "NO_COLOR", "1");
        return Ran.on(FakeHostProvider.of(windows.host()), environment, line.split(" ", -1));
    }

    /** SQL Server does not run, as somebody else has its port. */
    private static FakeWindows.Builder stoppedSqlServer() {
        return FakeWindows.builder().stoppedService("MSSQLSERVER", 4242, 1433);
    }

    private static FakeWindows.Builder heldByClient() {
        return stoppedSqlServer()
                .connection("client.exe", 900, Endpoint.parse("10.0.0.5:1433"), Endpoint.parse("10.0.0.9:7001"));
    }

    static Stream<FakeWindows> machinesOfText1() {
        return Stream.of(
                heldByClient().build(),
                stoppedSqlServer()
                        .listener("other.exe", 900, 1433)
                        .window("other.exe")
                        .build(),
                stoppedSqlServer().service("Other", 900, 1433).build(),
                FakeWindows.builder().service("MSSQLSERVER", 4242, 1433).build());
    }

    private static String whether(FakeWindows windows, String service) {
        return windows.services().stream()
                .filter(one -> one.name().equals(service))
                .map(one -> one.running() ? "running" : "stopped")
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("machinesOfText1")
    void who_has_the_port_is_ended_the_port_excluded_and_the_service_started(FakeWindows windows) {
        Ran done = run(windows, TEXT_1 + " --yes");
        assertThat(done.code()).as(done.out() + done.err()).isZero();
        assertThat(done.out())
                .contains("Plan; it cannot be undone", "berth rollback takes back the settings alone")
                .containsSubsequence("tcp 1433 is free", "Done, and read back", "service.MSSQLSERVER = running");
        assertThat(windows.exclusions()).contains(EXCLUDED);
        assertThat(whether(windows, "MSSQLSERVER")).isEqualTo("running");
        assertThat(windows.told().getFirst())
                .as("the holder lets go before anything is excluded")
                .doesNotContain("netsh", "start MSSQLSERVER");
        assertThat(windows.told().getLast()).isEqualTo("start MSSQLSERVER");

        Ran again = run(windows, "reserve 1433 --start MSSQLSERVER --yes");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("Nothing to do", "MSSQLSERVER runs already");

        Ran back = run(windows, "rollback --yes");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(windows.exclusions()).doesNotContain(EXCLUDED);
        assertThat(whether(windows, "MSSQLSERVER")).isEqualTo("stopped");
    }

    @ParameterizedTest
    @MethodSource("machinesOfText1")
    void a_dry_run_shows_both_parts_and_does_neither(FakeWindows windows) {
        Ran dry = run(windows, TEXT_1 + " --dry-run");
        assertThat(dry.code()).isEqualTo(1);
        assertThat(dry.out())
                .containsSubsequence(
                        "Plan; it cannot be undone", "Plan\n", "+ 1433", "service.MSSQLSERVER  stopped -> running");
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void one_document_has_both_parts() throws IOException {
        Ran done = run(heldByClient().build(), TEXT_1 + " --yes --json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(Schemas.errors("reserve", done.out())).isEmpty();
        String freed = new ObjectMapper().readTree(done.out()).get("freed").toString();
        assertThat(Schemas.errors("free", freed)).isEmpty();
        assertThat(freed).contains("\"outcome\":\"freed\"");
        assertThat(done.out()).contains("\"outcome\":\"applied\"");
    }

    @Test
    void what_could_only_be_terminated_is_left_alone_and_so_is_every_setting() throws IOException {
        FakeWindows windows =
                stoppedSqlServer().listener("other.exe", 900, 1433).build();
        Ran held = run(windows, TEXT_1 + " --yes");
        assertThat(held.code()).isEqualTo(4);
        assertThat(held.err()).contains("1433").doesNotContain("was freed");
        Ran document = run(windows, TEXT_1 + " --yes --json");
        assertThat(document.code()).isEqualTo(4);
        if (!document.out().isEmpty()) {
            assertThat(Schemas.errors("reserve", document.out())).isEmpty();
            assertThat(document.out()).contains("\"outcome\":\"failed\",\"change\":null");
        }
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void a_service_that_does_not_start_has_the_exclusion_taken_back_and_the_error_says_what_stays() {
        FakeWindows windows = heldByClient().failingStart("MSSQLSERVER", 1053).build();
        Ran failed = run(windows, TEXT_1 + " --yes");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("was undone, after port 1433 was freed", "1053");
        assertThat(windows.exclusions()).doesNotContain(EXCLUDED);
    }

    @Test
    void nobody_is_ended_for_a_change_that_cannot_be_made() {
        FakeWindows unelevated = heldByClient().notElevated().build();
        Ran refused = run(unelevated, TEXT_1 + " --yes");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("Run as administrator").doesNotContain("sudo");
        assertThat(unelevated.told()).isEmpty();

        FakeWindows windows = heldByClient().build();
        assertThat(run(windows, "reserve 1433 --free --start Nonsense --yes").code())
                .isEqualTo(4);
        assertThat(run(windows, "reserve 1433 1434 --free --yes").code()).isEqualTo(2);
        assertThat(run(windows, "reserve 1433 --protocol both --free --yes").code())
                .isEqualTo(2);
        assertThat(run(windows, "plan reserve 1433 --free").code()).isEqualTo(2);
        assertThat(windows.told()).isEmpty();
    }

    @Test
    void a_port_that_is_excluded_already_is_freed_all_the_same() {
        FakeWindows windows = heldByClient().excluded(1433, 1433).build();
        Ran done = run(windows, "reserve 1433 --free --yes");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("And no setting is to be changed", "tcp 1433 is free");
        assertThat(run(windows, "reserve 1433 --free --yes").out()).contains("Nothing to do");
    }

    @Test
    void a_plan_that_starts_a_service_is_written_and_applied() {
        FakeWindows windows = stoppedSqlServer().build();
        Path file = folder.resolve("sql.plan");
        assertThat(run(windows, "plan reserve 1433 --start MSSQLSERVER -o " + file)
                        .code())
                .isEqualTo(1);
        Ran applied = run(windows, "apply " + file + " --yes");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(whether(windows, "MSSQLSERVER")).isEqualTo("running");
    }

    /** TCP's range is low, UDP's is wide, and on purpose. */
    private static FakeWindows.Builder unlikeRanges(int first, int last) {
        return FakeWindows.builder().dynamic(Protocol.TCP, first, last).dynamic(Protocol.UDP, 10_000, 65_535);
    }

    static Stream<Arguments> fixesOfRanges() {
        return Stream.of(
                Arguments.of(
                        unlikeRanges(1024, 15_000).listener("node.exe", 700, 5173),
                        "raise-dynamic-range",
                        "49152-65535"),
                Arguments.of(exhausted(), "widen-range", "10240-65535"));
    }

    /** Every port of a small range is taken by a client, and UDP has another range. */
    private static FakeWindows.Builder exhausted() {
        FakeWindows.Builder windows = unlikeRanges(50_000, 50_299);
        for (int port = 50_000; port < 50_300; port++) {
            windows.connection(
                    "client.exe", 900, new Endpoint(IpAddress.parse("10.0.0.5"), port), Endpoint.parse("10.0.0.9:443"));
        }
        return windows;
    }

    @ParameterizedTest
    @MethodSource("fixesOfRanges")
    void the_command_that_doctor_prints_changes_what_its_fix_does(FakeWindows.Builder builder, String fix, String range)
            throws IOException {
        FakeWindows windows = builder.build();
        String command = "range set " + range + " --protocol tcp";
        assertThat(run(windows, "doctor").out())
                .contains("berth " + command)
                .doesNotContain("berth range set " + range + "\n");
        String byHand = steps(run(windows, command + " --dry-run --json"));
        assertThat(byHand).isEqualTo(steps(run(windows, "fix " + fix + " --dry-run --json")));
        assertThat(byHand).contains(range).doesNotContain("udp");
    }

    private static String steps(Ran planned) {
        assertThat(planned.code()).as(planned.err()).isEqualTo(1);
        return new ObjectMapper().readTree(planned.out()).get("steps").toString();
    }

    @Test
    void a_range_that_was_widened_is_no_reason_to_go_in_circles() {
        FakeWindows windows =
                FakeWindows.builder().service("MSSQLSERVER", 4242, 1433).build();
        Ran widened = run(windows, "range set 1025-65534 --yes");
        assertThat(widened.code()).as(widened.err()).isZero();
        assertThat(run(windows, "doctor").out().replaceAll("\\s+", " "))
                .contains("among the ports of servers")
                .containsSubsequence(
                        "berth reserve 1433 --restart-services",
                        "only where its 16,384 ports are enough",
                        "berth range set 49152-65535 --protocol tcp");

        Ran kept = run(windows, "reserve 1433 --restart-services --yes");
        assertThat(kept.code()).as(kept.err()).isZero();
        assertThat(run(windows, "doctor").out()).doesNotContain("among the ports of servers");
    }

    /** The lines that stand alone on the page are the texts in short, so they have to work, one after the other. */
    @Test
    void the_lines_of_the_page_do_what_it_says() throws IOException {
        List<String> lines = Files.readString(Path.of("../docs/windows.md"))
                .lines()
                .filter(line -> line.startsWith("    berth "))
                .map(line -> line.substring("    berth ".length()))
                .toList();
        assertThat(lines).contains(TEXT_1, "range set 1025-65534", "reserve 5173 --restart-winnat");
        FakeWindows windows =
                heldByClient().dynamic(Protocol.TCP, 5_100, 15_000).winnat(2).build();
        for (String line : lines) {
            Ran done = run(windows, line + " --yes");
            assertThat(done.code()).as(line + ": " + done.out() + done.err()).isZero();
        }
        assertThat(windows.exclusions()).contains(EXCLUDED, PortRange.of(5173));
        assertThat(whether(windows, "MSSQLSERVER")).isEqualTo("running");
        assertThat(whether(windows, "winnat")).isEqualTo("running");
    }

    @Test
    void unelevated_nobody_is_ended_and_the_exit_code_says_why() {
        FakeWindows windows = FakeWindows.builder()
                .notElevated()
                .service("MSSQLSERVER", 4242, 1433)
                .build();
        Ran ran = run(windows, "free 1433 --yes");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("elevated");
        assertThat(windows.told()).isEmpty();
    }
}

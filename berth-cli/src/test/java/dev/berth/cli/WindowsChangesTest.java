package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change settings, on a Windows whose SQL Server runs and whose WinNAT has taken a block. */
class WindowsChangesTest {
    private static final String LIST = "tcp.ipv4+ipv6.excludedportrange";

    private final FakeTuning tuning = new FakeTuning()
            .excluded(Protocol.TCP, "50000-50059")
            .excluded(Protocol.UDP, "")
            .persistent("tcp.dynamicport", "49152-65535")
            .persistent("udp.dynamicport", "49152-65535")
            .running("service.MSSQLSERVER", "running")
            .running("service.winnat", "running");
    private final FakeHostNetwork host = FakeHostNetwork.windows(
                    new PortPolicy(
                            new PortRange(49152, 65535),
                            PortSet.parse("50000-50059"),
                            List.of(),
                            List.of(new ExcludedRange(PortRange.parse("50366-50465"), false)),
                            null,
                            PortPolicy.Persistent.NOTHING),
                    "0.0.0.0:1433 LISTEN sqlservr.exe(4200042)")
            .process(new ProcessInfo(4200042, "sqlservr.exe", null, null, null, "MSSQLSERVER", null))
            .setting("registry.MaxUserPort", null)
            .tuning(tuning);

    @TempDir
    private Path folder;

    private Ran run(String line) {
        return run(host, line);
    }

    private Ran run(FakeHostNetwork on, String line) {
        var environment = Map.of("BERTH_STATE", folder.resolve("state").toString(), "NO_COLOR", "1");
        return Ran.on(FakeHostProvider.of(on), environment, line.split(" ", -1));
    }

    private Reading excluded() {
        return tuning.read("tcp.ipv6.excludedportrange", Place.PERSISTENT);
    }

    @Test
    void a_held_port_is_refused_with_the_way_and_the_way_works_and_goes_back() {
        Ran held = run("reserve 1433 --yes");
        assertThat(held.code()).isEqualTo(4);
        assertThat(held.err())
                .contains("cannot exclude TCP 1433 while it is held", "MSSQLSERVER", "--restart-services");

        Ran done = run("reserve 1433 --restart-services --yes");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out())
                .contains(
                        "running     service.MSSQLSERVER  running -> stopped",
                        "for good    " + LIST + "  + 1433  (50000-50059 stay)",
                        "running     service.MSSQLSERVER  stopped -> running",
                        "running     service.MSSQLSERVER = running\n")
                .doesNotContain("service.MSSQLSERVER = stopped");
        assertThat(excluded()).isEqualTo(new Reading.Value("1433,50000-50059"));
        assertThat(tuning.asked())
                .extracting(FakeTuning.Write::setting)
                .containsExactly(
                        "service.MSSQLSERVER",
                        "tcp.ipv4.excludedportrange",
                        "tcp.ipv6.excludedportrange",
                        "service.MSSQLSERVER");

        Ran back = run("rollback --yes");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(excluded()).isEqualTo(new Reading.Value("50000-50059"));
        assertThat(tuning.read("service.MSSQLSERVER", Place.RUNNING)).isEqualTo(new Reading.Value("running"));
    }

    @Test
    void a_block_of_winnats_takes_leave_of_its_own_and_names_the_cost() throws IOException {
        assertThat(run("reserve 50400 --yes").err()).contains("--restart-winnat");
        Ran planned = run("reserve 50400 --restart-winnat --dry-run --json");
        assertThat(planned.code()).isEqualTo(1);
        assertThat(Schemas.errors("reserve", planned.out())).isEmpty();
        assertThat(planned.out()).contains("\"risk\":\"high\"", "WSL2, containers and the NAT of Hyper-V");
    }

    @Test
    void protocols_are_told_apart() {
        assertThat(run("reserve 1434 --protocol udp --dry-run").out())
                .contains("udp.ipv4+ipv6.excludedportrange  + 1434");
        assertThat(run("reserve 1434 --protocol both --dry-run").out())
                .contains("udp.ipv4+ipv6.excludedportrange  + 1434", LIST + "  + 1434");
        assertThat(run("range set 50000-65535 --dry-run").out()).contains("tcp.dynamicport", "udp.dynamicport");
        assertThat(run("range set 50000-65535 --protocol udp --dry-run").out())
                .contains("udp.dynamicport")
                .doesNotContain("tcp.dynamicport");
        assertThat(run("range set 1024-65535 --dry-run").code()).isEqualTo(2);
    }

    @Test
    void on_linux_a_protocol_makes_no_difference_and_is_said_to() {
        FakeHostNetwork linux = FakeHostNetwork.with()
                .tuning(new FakeTuning()
                        .running("net.ipv4.ip_local_reserved_ports", "")
                        .running("net.ipv4.ip_local_port_range", "32768 60999"));
        assertThat(run(linux, "reserve 53 --protocol udp --dry-run").out().replaceAll("\\s+", " "))
                .contains("+ 53", "Linux has one list of reserved ports for TCP and UDP");
        assertThat(run(linux, "range set 20000-60999 --dry-run").out()).doesNotContain("--protocol");
        assertThat(run(linux, "registry").code()).isEqualTo(4);
        assertThat(run(linux, "plan registry set MaxUserPort 65534").code()).isEqualTo(4);
    }

    @Test
    void a_value_of_the_registry_is_told_set_and_taken_back() throws IOException {
        Ran shown = run("registry");
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("MaxUserPort", "replaced by netsh");
        assertThat(Schemas.errors("registry", run("registry --json").out())).isEmpty();

        Ran set = run("registry set maxuserport 65534 --yes --json");
        assertThat(set.code()).as(set.err()).isZero();
        assertThat(Schemas.errors("registry", set.out())).isEmpty();
        assertThat(tuning.read("registry.MaxUserPort", Place.PERSISTENT)).isEqualTo(new Reading.Value("65534"));
        assertThat(run("rollback --yes").code()).isZero();
        assertThat(tuning.read("registry.MaxUserPort", Place.PERSISTENT)).isEqualTo(new Reading.Unset());

        assertThat(run("registry set MaxUserPort 70000 --yes").code()).isEqualTo(2);
        assertThat(run("registry remove MaxUserPort --yes").out()).contains("Nothing to do");
        assertThat(run("registry set MaxUserPort").code()).isEqualTo(2);
    }

    @Test
    void reuse_is_not_possible_and_the_answer_says_what_there_is() {
        for (String line : List.of("reuse", "reuse on --yes", "plan reuse on")) {
            Ran ran = run(line);
            assertThat(ran.code()).as(line).isEqualTo(4);
            assertThat(ran.err()).contains("connect() without bind()", "berth capacity");
        }
    }

    @Test
    void a_plan_with_a_restart_is_written_read_and_applied() throws IOException {
        Path file = folder.resolve("sql.plan");
        String document = run("plan reserve 1433 --restart-services --json").out();
        assertThat(Schemas.errors("plan", document)).isEmpty();
        Ran planned = run("plan reserve 1433 --restart-services -o " + file);
        assertThat(planned.code()).as(planned.err()).isEqualTo(1);
        Ran applied = run("apply " + file + " --yes");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(excluded()).isEqualTo(new Reading.Value("1433,50000-50059"));
        assertThat(run("apply " + file + " --yes").out()).contains("Nothing to do");

        String twice = Files.readString(file).replace("\"stopped\"", "\"running\"");
        Files.writeString(file, twice);
        assertThat(run("apply " + file + " --yes").code()).isEqualTo(2);
    }

    @Test
    void without_elevation_nothing_is_asked_of_netsh() {
        tuning.obstacle(Place.PERSISTENT, new ActOutcome.NotPermitted("an elevated prompt"));
        Ran ran = run("reserve 8080 --yes");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err())
                .contains("an elevated prompt", "Run as administrator")
                .doesNotContain("sudo");
        assertThat(tuning.asked()).isEmpty();
    }

    @Test
    void what_an_administrator_changed_is_told_to_others_with_the_way_there() throws IOException {
        Files.createDirectories(folder.resolve("berth"));
        var environment = Map.of(
                "ProgramData", folder.toString(),
                "SystemRoot", folder.resolve("none").toString(),
                "LOCALAPPDATA", folder.resolve("own").toString(),
                "NO_COLOR", "1");
        for (String command : List.of("changes", "rollback", "changes 7")) {
            Ran ran = Ran.on(FakeHostProvider.of(host), environment, command.split(" ", -1));
            assertThat((ran.out() + ran.err()).replaceAll("\\s+", " "))
                    .contains("an administrator changed", "in a prompt that was opened with Run as administrator")
                    .doesNotContain("sudo", "root");
        }
    }

    @Test
    void without_elevation_a_rollback_is_shown_and_not_begun() {
        assertThat(run("reserve 8080 --yes").code()).isZero();
        tuning.obstacle(Place.PERSISTENT, new ActOutcome.NotPermitted("an elevated prompt"));
        Ran refused = run("rollback --yes");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.out()).contains("tcp.ipv4.excludedportrange", "tcp.ipv6.excludedportrange");
        assertThat(refused.err()).contains("an elevated prompt", "Run as administrator");
        assertThat(tuning.asked()).hasSize(2);
        assertThat(run("rollback --dry-run").code()).isEqualTo(1);

        tuning.cleared(Place.PERSISTENT);
        run("reserve 8081 --yes"); // which puts in order what is left behind
        assertThat(excluded()).isEqualTo(new Reading.Value("8080-8081,50000-50059"));
    }

    @Test
    void a_policy_is_pending_on_a_held_port_until_services_may_be_restarted() throws IOException {
        Path policy = folder.resolve("berth.yaml");
        Files.writeString(policy, "services: [{name: SQL Server, ports: '1433,5022'}]\n");
        Ran check = run("ensure " + policy + " --check --json");
        assertThat(check.code()).isEqualTo(1);
        assertThat(Schemas.errors("ensure", check.out())).isEmpty();
        assertThat(check.out()).contains("\"pending\"");
        assertThat(run("ensure " + policy + " --dry-run").out()).contains(LIST + "  + 5022");
        assertThat(run("ensure " + policy + " --restart-services --dry-run").out())
                .contains("service.MSSQLSERVER  running -> stopped", LIST + "  + 1433,5022");
        assertThat(run("ensure " + policy + " --no-persist --check").code()).isEqualTo(2);
    }
}

package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.Tunable;
import dev.berth.remedy.policy.PolicyReader;
import dev.berth.remedy.render.Rendering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth ensure} and {@code berth policy}, as they are typed and answered, on a made-up host. */
class EnsureTest {
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";

    private final FakeTuning tuning = new FakeTuning()
            .running(RESERVED, "")
            .running("net.ipv4.ip_local_port_range", "32768 60999")
            .running("net.ipv4.tcp_tw_reuse", "2");
    private final FakeHostNetwork host = FakeHostNetwork.with(
                    "0.0.0.0:80 LISTEN web(4200020)", "10.0.0.1:1433 -> 10.0.0.9:5432 ESTABLISHED shop(4200021)")
            .tuning(tuning);

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void write() throws Exception {
        policy = folder.resolve("berth.yaml").toString();
        Files.writeString(Path.of(policy), """
                services:
                  - {name: SQL Server, port: 1433}
                  - {name: web, port: 80}
                """);
    }

    private Ran run(String line) {
        return Ran.on(
                FakeHostProvider.of(host),
                Map.of("BERTH_STATE", folder.resolve("state").toString(), "NO_COLOR", "1"),
                line.replace("POLICY", policy).split(" ", -1));
    }

    private String running() {
        return ((Reading.Value) tuning.read(RESERVED, Place.RUNNING)).text();
    }

    @Test
    void a_check_shows_what_differs_and_changes_nothing() {
        Ran ran = run("ensure POLICY --check --no-persist");
        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("""
                %s: 2 differ, 1 is pending, 1 is in order
                  differs  SQL Server: 1433 is not reserved (none → 1433)
                  pending  SQL Server: tcp 1433: 1433 is held by shop (pid 4200021), a connection to 10.0.0.9:5432
                           berth free 1433
                  differs  web: 80 is not reserved (none → 80)
                """.formatted(policy));
        assertThat(running()).isEmpty();
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void what_can_be_made_so_is_and_what_is_pending_is_told() throws Exception {
        Ran ran = run("ensure POLICY --yes --no-persist");
        assertThat(running()).as(ran.err()).isEqualTo("80,1433");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("Done, and read back", "pending  SQL Server", "berth free 1433");
        assertThat(run("changes").out()).contains("ensure " + policy);
        assertThat(run("rollback 1 --yes").code()).isZero();
        assertThat(running()).isEmpty();
    }

    @Test
    void what_a_killed_berth_left_is_put_in_order_before_the_host_is_looked_at() throws Exception {
        Files.writeString(Path.of(policy), "services: [{name: web, port: 80}]");
        run("ensure POLICY --yes --no-persist");
        Path journal = folder.resolve("state/changes.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, lines.size() - 2)); // killed before it wrote that the step is done
        assertThat(run("ensure POLICY --yes --no-persist").out())
                .startsWith("Change 1 (ensure " + policy + " --yes --no-persist) was interrupted and is undone now.\n\n"
                        + policy)
                .contains("differs  web: 80 is not reserved", "Done, and read back");
        assertThat(running()).isEqualTo("80");
    }

    @Test
    void a_file_that_beats_berths_own_is_named_and_what_runs_is_protected_all_the_same() {
        tuning.after(RESERVED, new Tunable.Assignment("/etc/sysctl.d/zzz-mine.conf", 3, "9999"));
        Ran check = run("ensure POLICY --check");
        assertThat(check.code()).as(check.err()).isEqualTo(1);
        assertThat(check.out()).isEqualTo("""
                %s: 2 differ, 1 is pending, 2 cannot be so, 1 is in order
                  differs  SQL Server: 1433 is not reserved (none → 1433)
                  cannot   SQL Server: 1433 is not reserved from the next start on (none → 1433)
                           cannot keep net.ipv4.ip_local_reserved_ports over restarts: \
                /etc/sysctl.d/zzz-mine.conf:3 is applied after Berth's own /etc/sysctl.d/zz-berth.conf, and sets "9999"
                           take that line out of /etc/sysctl.d/zzz-mine.conf, then again; set without a file it lasts \
                until the next restart
                  pending  SQL Server: tcp 1433: 1433 is held by shop (pid 4200021), a connection to 10.0.0.9:5432
                           berth free 1433
                  differs  web: 80 is not reserved (none → 80)
                  cannot   web: 80 is not reserved from the next start on (none → 80)
                """.formatted(policy));
        Ran made = run("ensure POLICY --yes");
        assertThat(made.code()).as(made.err()).isEqualTo(1);
        assertThat(running()).isEqualTo("80,1433,9999");
        assertThat(made.out()).contains("Done, and read back", "zzz-mine.conf:3");
    }

    @Test
    void a_folder_that_nobody_can_write_to_costs_the_next_start_and_not_this_one() throws Exception {
        tuning.obstacle(Place.PERSISTENT, new ActOutcome.NotOnThisSystem("/etc/sysctl.d is mounted read-only"));
        Ran made = run("ensure POLICY --yes --json");
        assertThat(made.code()).as(made.err()).isEqualTo(1);
        assertThat(running()).isEqualTo("80,1433");
        assertThat(made.out()).contains("\"state\":\"cannot\"", "mounted read-only", "\"outcome\":\"applied\"");
        assertThat(Schemas.errors("ensure", made.out())).isEmpty();
    }

    @Test
    void where_nothing_can_be_set_nothing_is_said_to_be_in_order() {
        for (Place place : Place.values()) {
            tuning.obstacle(place, new ActOutcome.NotOnThisSystem("it is mounted read-only"));
        }
        Ran made = run("ensure POLICY --yes");
        assertThat(made.code()).as(made.err()).isEqualTo(1);
        assertThat(made.out()).contains("4 cannot be so", "it is mounted read-only", "Nothing else can be set here.");
        assertThat(run("ensure POLICY --check").out()).contains("4 cannot be so");
    }

    @Test
    void a_user_who_may_set_what_runs_does_and_one_who_may_do_nothing_is_told_what_it_takes() {
        tuning.obstacle(Place.PERSISTENT, new ActOutcome.NotPermitted("root"));
        assertThat(run("ensure POLICY --check").out()).doesNotContain("cannot");
        Ran made = run("ensure POLICY --yes");
        assertThat(made.code()).as(made.err()).isEqualTo(1);
        assertThat(running()).isEqualTo("80,1433");
        assertThat(made.out()).contains("it takes root", "the same as root (sudo)");
        assertThat(run("ensure POLICY --yes").code())
                .as("only what is not permitted is left")
                .isEqualTo(3);
    }

    @Test
    void what_a_run_would_refuse_is_told_by_a_check() throws Exception {
        Files.writeString(Path.of(policy), "dynamicRange: {linux: 50000-50099}");
        Ran check = run("ensure POLICY --check --no-persist");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains("cannot   automatic choice draws from 32768-60999", "1024 suffice");
        assertThat(run("ensure POLICY --check --no-persist --force").out()).contains("differs");
        assertThat(run("ensure POLICY --yes --no-persist").code()).isEqualTo(1);
        run("ensure POLICY --yes --no-persist --force");
        assertThat(tuning.read("net.ipv4.ip_local_port_range", Place.RUNNING))
                .isEqualTo(new Reading.Value("50000 50099"));
    }

    @Test
    void many_ports_in_others_hands_and_long_lists_stay_one_screen() throws Exception {
        for (int port = 10001; port < 10201; port += 2) {
            host.add("10.0.0.1:" + port + " -> 10.0.0.9:5432 ESTABLISHED shop(4200021)");
        }
        String ports = IntStream.range(0, 2_000)
                .mapToObj(i -> Integer.toString(10_001 + 2 * i))
                .collect(Collectors.joining(","));
        Files.writeString(Path.of(policy), "services: [{name: many, ports: '" + ports + "'}]");
        Ran check = run("ensure POLICY --check --no-persist");
        assertThat(check.out().lines().count()).as(check.out()).isLessThan(20);
        assertThat(check.out())
                .contains(
                        "10001,10003,10005,10007,10009,10011,… 2,000 ports", "many: 96 more ports are held by others");
        assertThat(run("ensure POLICY --check --no-persist --json").out()).contains("10199 is held by shop");
    }

    @Test
    void what_is_documented_is_what_is_written() throws Exception {
        for (String line : new String[] {
            "ensure POLICY --check --json",
            "ensure POLICY --yes --no-persist --json",
            "ensure POLICY --yes --no-persist --dry-run --json"
        }) {
            Ran ran = run(line);
            assertThat(ran.out()).as(ran.err()).isNotEmpty();
            assertThat(Schemas.errors("ensure", ran.out())).as(ran.out()).isEmpty();
        }
        for (String line : new String[] {"policy init --json", "policy check POLICY --json"}) {
            Ran ran = run(line);
            assertThat(Schemas.errors("policy", ran.out()))
                    .as(ran.err() + ran.out())
                    .isEmpty();
        }
        Files.writeString(Path.of(policy), "services: [{name: web, port: 70000}]");
        Ran faulty = run("policy check POLICY --json");
        assertThat(faulty.code()).isEqualTo(2);
        assertThat(Schemas.errors("policy", faulty.out())).isEmpty();
        assertThat(faulty.out()).contains("\"line\":1,\"column\":30,\"what\":\"'70000' is not a port\"");
    }

    @Test
    void one_mistake_is_an_error_and_several_have_a_line_each() throws Exception {
        Files.writeString(Path.of(policy), "services: [{name: web, port: 70000}]");
        Ran one = run("policy check POLICY");
        assertThat(one.code()).isEqualTo(2);
        assertThat(one.err()).isEqualTo("""
                berth: %s:1:30: '70000' is not a port
                  why   a port is a number from 1 to 65535
                  next  write port: 8080
                """.formatted(policy));
        Files.writeString(Path.of(policy), "services: [{nam: web, port: 70000}]");
        Ran several = run("ensure POLICY");
        assertThat(several.code()).isEqualTo(2);
        assertThat(several.err())
                .contains(
                        policy + ":1:13: unknown key 'nam'",
                        policy + ":1:29: '70000' is not a port",
                        "berth: " + policy + " has 3 mistakes");
    }

    @Test
    void a_draft_is_written_once_and_reads_back() throws Exception {
        Path draft = folder.resolve("draft.yaml");
        Ran ran = run("policy init -o " + draft);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("Written into " + draft + ": 1 service with 1 port.");
        assertThat(PolicyReader.read(draft).ports()).hasToString("80");
        assertThat(run("policy init -o " + draft).err()).contains("exists already", "or --force");
        assertThat(run("policy init --force -o " + draft).code()).isZero();
        assertThat(run("policy init").out()).isEqualTo(Files.readString(draft));
        assertThat(run("policy check " + draft).out()).isEqualTo(draft + " is a policy: 1 service with 1 port.\n");
    }

    @Test
    void the_schema_is_the_published_one() throws Exception {
        assertThat(run("policy schema").out()).isEqualTo(Files.readString(Path.of("../docs/policy.schema.json")));
    }

    @Test
    void every_rendering_is_printed_without_a_host() {
        for (String format : Rendering.labels()) {
            Ran ran = run("ensure POLICY --render " + format);
            assertThat(ran.code()).as(format + ran.err()).isZero();
            assertThat(ran.out()).as(format).contains("1433");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ensure",
                "ensure no-such-file",
                "ensure .",
                "ensure - --check",
                "ensure POLICY --render xml",
                "ensure POLICY --render ansible --check",
                "ensure POLICY --render ansible --json",
                "ensure POLICY --from x.berth",
                "ensure POLICY --no-persist",
                "policy",
                "policy make",
                "policy check",
                "policy init here",
                "policy check POLICY --force"
            })
    void what_cannot_be_meant_is_refused(String line) {
        Ran ran = run(line);
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains("berth: ", "  why   ", "  next  ");
        assertThat(running()).isEmpty();
    }
}

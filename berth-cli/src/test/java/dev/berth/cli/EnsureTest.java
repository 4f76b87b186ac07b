package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.remedy.policy.PolicyReader;
import dev.berth.remedy.render.Rendering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
                  differs  SQL Server: clients may be given 1433 (none → 1433)
                  pending  SQL Server: tcp 1433: 1433 is held by shop (pid 4200021), a connection to 10.0.0.9:5432
                           berth free 1433
                  differs  web: clients may be given 80 (none → 80)
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
        assertThat(run("policy init -o " + draft).err()).contains("exists already");
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

package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.PortEvents;
import dev.berth.platform.PortPolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What is answered of a Windows made up for a test. */
final class WindowsAnswersTest {
    private static final PortPolicy POLICY = new PortPolicy(
            new PortRange(49_152, 65_535),
            PortSet.parse("50000-50059"),
            List.of(),
            List.of(
                    new ExcludedRange(new PortRange(50_000, 50_059), true),
                    new ExcludedRange(new PortRange(50_060, 50_159), false)),
            null,
            PortPolicy.Persistent.NOTHING);

    private static FakeHostNetwork host() {
        return FakeHostNetwork.windows(
                        POLICY,
                        "[::]:80 LISTEN System(4)",
                        "0.0.0.0:1433 LISTEN sqlservr.exe(88)",
                        "10.0.0.1:1433 -> 10.0.0.9:51000 ESTABLISHED sqlservr.exe(88)",
                        "10.0.0.1:1433 -> 10.0.0.8:51000 ESTABLISHED sqlservr.exe(88)",
                        "10.0.0.1:52001 -> 10.0.0.9:443 ESTABLISHED shop.exe(77)",
                        "10.0.0.1:52002 -> 10.0.0.9:443 TIME_WAIT")
                .events(new PortEvents.Event("Tcpip", 4231, Instant.parse("2026-11-20T03:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "why 80",
                "why 9",
                "why 1433",
                "why 50100",
                "why 50010",
                "why 52002",
                "why 50100 --no-probe",
                "why 10.0.0.9:443 --as client",
                "who 1433",
                "list",
                "doctor",
                "doctor --measure 1",
                "capacity",
                "capacity --to 10.0.0.9:443",
                "free 1433 --dry-run",
                "free 80 --dry-run"
            })
    void every_document_keeps_its_schema_and_speaks_of_no_linux(String line) throws IOException {
        Ran ran = Ran.on(host(), (line + " --json").split(" ", -1));
        assertThat(Schemas.errors(
                        line.substring(0, line.indexOf(' ') < 0 ? line.length() : line.indexOf(' ')), ran.out()))
                .isEmpty();
        assertThat(ran.out() + ran.err())
                .doesNotContain(
                        "sudo", "sysctl", "/proc/", "systemctl", "SIGTERM", "tcp_tw_reuse", "CAP_", "EADDRNOTAVAIL");
        String screen = Ran.on(host(), line.split(" ", -1)).out();
        assertThat(screen).doesNotContain("sudo", "sysctl", "/proc/", "systemctl", "SIGTERM", "CAP_");
    }

    @Test
    void what_windows_does_not_have_is_no_column() {
        assertThat(Ran.on(host(), "why", "10.0.0.9:443", "--as", "client").out())
                .contains("OF AT LEAST")
                .doesNotContain("HALF");
        assertThat(Ran.on(host(), "doctor").out()).contains("CLOSES/S").doesNotContain("HALF");
    }

    @Test
    void a_bind_is_proved_plain_and_exclusive() {
        JsonNode why = json("why", "1433");
        assertThat(why.at("/proof/0/exclusive").asBoolean()).isFalse();
        assertThat(why.at("/proof/1/exclusive").asBoolean()).isTrue();
        assertThat(why.at("/proof/1/reuseAddress").asBoolean()).isFalse();
        assertThat(why.at("/prediction/1/exclusive").asBoolean()).isTrue();
        assertThat(Ran.on(host(), "why", "1433").out())
                .contains("bind [::]:1433 with SO_EXCLUSIVEADDRUSE: WSAEADDRINUSE (10048), as the rule says");
    }

    @Test
    void a_socket_has_no_inode_and_is_counted_once_though_its_process_has_others() {
        JsonNode who = json("who", "1433");
        assertThat(who.at("/holders")).hasSize(3).allSatisfy(holder -> {
            assertThat(holder.has("inode")).isFalse();
            assertThat(holder.at("/process/pid").asInt()).isEqualTo(88);
        });
        assertThat(Ran.on(host(), "who", "1433").out()).startsWith("tcp 1433 is held by 3 sockets.");
    }

    @Test
    void a_socket_that_windows_names_no_process_for_is_not_said_to_be_the_kernels() {
        FakeHostNetwork host = FakeHostNetwork.windows(POLICY, "0.0.0.0:8080 LISTEN");
        assertThat(Ran.on(host, "who", "8080").out())
                .contains("Windows names no living process")
                .doesNotContain("kernel");
        assertThat(Ran.on(host, "who", "8080", "--json").out()).contains("\"noProcess\":\"notNamed\"");
        assertThat(Ran.on(host, "list").out()).contains("Windows names no living process");
        assertThat(Ran.on(host, "list", "--json").out()).contains("\"noProcess\":\"notNamed\"");
        assertThat(Ran.on(host, "why", "8080").out()).doesNotContain("kernel");
        Ran free = Ran.on(host, "free", "8080", "--dry-run");
        assertThat(free.code()).isEqualTo(4);
        assertThat(free.err())
                .contains("Windows names no living process for the listener")
                .doesNotContain("kernel");
    }

    @Test
    void an_excluded_port_is_no_port_in_use() {
        JsonNode why = json("why", "50100");
        assertThat(why.at("/verdict").asString()).isEqualTo("excluded");
        assertThat(why.at("/excluded").asBoolean()).isTrue();
        assertThat(why.at("/proof/1/errno/number").asInt()).isEqualTo(10_013);
        assertThat(Ran.on(host(), "why", "50100").code()).isEqualTo(1);
        assertThat(json("why", "50010").at("/verdict").asString()).isEqualTo("free");
        assertThat(json("why", "52002").at("/verdict").asString()).isEqualTo("free"); // a TIME_WAIT is in nobody's way
    }

    @Test
    void what_is_kept_from_clients_is_called_excluded() {
        assertThat(Ran.on(host(), "why", "50010").out()).contains("inside the dynamic range, and excluded: no client");
        assertThat(Ran.on(host(), "why", "50100").out()).contains("inside the dynamic range, and excluded: no client");
        assertThat(Ran.on(host(), "doctor").out()).contains("excluded: 50000-50159");
        assertThat(Ran.on(host(), "capacity").out()).contains("less 160 excluded or held");
        assertThat(Ran.on(host(), "why", "10.0.0.9:443", "--as", "client").out())
                .contains("160 excluded");
        assertThat(Ran.on(host(), "map").out())
                .containsPattern("R +excluded by an admin +60\n")
                .containsPattern("X +excluded by system +100\n");
        for (String line : List.of("why 50010", "doctor", "capacity", "why 10.0.0.9:443 --as client", "map")) {
            assertThat(Ran.on(host(), line.split(" ", -1)).out()).as(line).doesNotContain("reserved");
        }
    }

    @Test
    void the_kernel_is_not_ended() {
        Ran ran = Ran.on(host(), "free", "80", "--dry-run");
        assertThat(ran.out() + ran.err())
                .contains("netsh http show servicestate")
                .doesNotContain("process 1");
    }

    @Test
    void the_log_is_read_by_doctor() {
        assertThat(json("doctor").at("/findings"))
                .anySatisfy(finding -> assertThat(finding.at("/id").asString()).isEqualTo("ports-ran-out"));
    }

    private static JsonNode json(String... words) {
        var line = new java.util.ArrayList<>(List.of(words));
        line.add("--json");
        return new ObjectMapper()
                .readTree(Ran.on(host(), line.toArray(String[]::new)).out());
    }
}

package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.TcpState;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.Gap;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SourcedRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final PortPolicy RESERVED = new PortPolicy(
            new PortRange(32768, 60999),
            PortSet.parse("1433,40000"),
            List.of(new SourcedRange(PortRange.of(1433), "/etc/sysctl.d/50-db.conf:3")),
            List.of(),
            1024,
            new PortPolicy.Persistent(null, null, PortSet.parse("1433"), "/etc/sysctl.d/50-db.conf:3"));

    private static final FakeHostNetwork HOST = FakeHostNetwork.with(
                    "0.0.0.0:1433 LISTEN sqlservr(10) helper(11)",
                    "[::1]:33000 -> [::1]:5432 ESTABLISHED shop(12)",
                    "10.0.0.1:33002 -> 10.0.0.9:5432 TIME_WAIT expires=12500",
                    "10.0.0.1:33004 BOUND",
                    "0.0.0.0:40000 LISTEN",
                    "udp 0.0.0.0:53 BOUND dns(13)")
            .process(new ProcessInfo(
                    10,
                    "sqlservr",
                    "/opt/sqlservr",
                    "mssql",
                    Instant.parse("2026-11-20T03:12:00Z"),
                    "mssql.service",
                    null))
            .hiding(Owner.Reason.NOT_PERMITTED, new Gap("owners of 2 sockets", "they belong to other users"))
            .policy(RESERVED)
            .failing(
                    FailuresTest.connect(12, "shop", "[::1]:5432"),
                    FailuresTest.connect(77, null, "10.0.0.9:5432"),
                    FailuresTest.bind(10, "sqlservr"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who 1433",
                "who 9",
                "who 33002",
                "who 33004",
                "who 53 --protocol udp",
                "why 1433",
                "why 9",
                "why 9 --no-probe",
                "why 33002",
                "why 33004 --address 10.0.0.1",
                "why 10.0.0.9:5432 --as client",
                "why 10.0.0.9:5432 --as client --source 10.0.0.1",
                "why [::1]:5432 --as client",
                "why 10.0.0.9:5432 --as client --local-port 33002",
                "why 10.0.0.9:5432 --as client --local-port 1433 --source 10.0.0.1",
                "why [2001:db8::1]:443 --as client",
                "why localhost:443 --as client",
                "explain --line EADDRINUSE:1433",
                "explain --line EADDRNOTAVAIL --no-host",
                "explain",
                "doctor",
                "doctor --no-owners",
                "doctor --measure 1",
                "doctor --netns all",
                "list",
                "list --no-owners",
                "list state=time-wait",
                "list --netns all",
                "ranges",
                "capacity",
                "capacity --rate 1000",
                "capacity --rate 1000 --hold 0.2 --retries 0.5 --sources 2 --destinations 3",
                "capacity --range 1025-5000 --time-wait 240",
                "capacity --profile windows-2003 --rate 50",
                "capacity --range 1025-5000 --time-wait 240 --rate 50",
                "capacity --ports 100",
                "capacity --to 10.0.0.9:5432 --rate 0.5",
                "suggest",
                "suggest --near 40000 --count 5",
                "suggest --no-probe --protocol udp",
                "failures --count 3",
                "failures --count 3 --binds --netns all",
                "map",
                "map --protocol udp",
                "map --range 1433-1434",
                "version",
                "capture -o a.berth",
                "lab"
            })
    void every_document_keeps_to_its_schema(String line) throws IOException {
        String[] words = (line + " --json").split(" ", -1);
        var second = FakeHostNetwork.with("0.0.0.0:80 LISTEN web(20)").namespace(new NetworkNamespace(7, "blue"));
        Ran ran = Ran.on(FakeHostProvider.of(HOST, second), Map.of(), words);
        assertThat(Schemas.errors(words[0], ran.out()))
                .as(ran.out() + ran.err())
                .isEmpty();
        assertThat(ran.out())
                .startsWith("{\"schema\":\"berth." + words[0] + "/1\"")
                .endsWith("]}\n");
    }

    @Test
    void the_documented_examples_keep_to_their_schemas() throws IOException {
        String[] parts = Files.readString(Path.of("../docs/json.md")).split("```", -1);
        int examples = 0;
        for (int i = 1; i < parts.length; i += 2) {
            String example = parts[i].substring("json".length());
            String command = example.substring(example.indexOf("berth.") + 6, example.indexOf("/1"));
            assertThat(Schemas.errors(command, example)).as(example).isEmpty();
            examples++;
        }
        assertThat(examples).isEqualTo(20);
    }

    @Test
    void what_is_not_known_is_null_with_a_gap_and_never_zero() {
        assertThat(Ran.on(HOST, "who", "33004", "--json").out())
                .contains("\"process\":null", "\"noProcess\":\"notPermitted\"", "\"what\":\"owners of 2 sockets\"");
    }

    @Test
    void sockets_that_a_host_does_not_show_are_not_counted_as_none() throws IOException {
        var host = FakeHostNetwork.with("0.0.0.0:80 LISTEN");
        assertThat(Ran.on(host, "doctor", "--json").out()).contains("\"BOUND\":0");
        String unseen =
                Ran.on(host.notShowing(TcpState.BOUND), "doctor", "--json").out();
        assertThat(unseen).contains("\"BOUND\":null", "\"LISTEN\":1");
        assertThat(Schemas.errors("doctor", unseen)).isEmpty();
    }

    @Test
    void doctor_tells_each_gap_once_and_no_forecast_where_nothing_runs_out() {
        var second = FakeHostNetwork.with("0.0.0.0:80 LISTEN").namespace(new NetworkNamespace(7, "blue"));
        String all = Ran.on(FakeHostProvider.of(HOST, second), Map.of(), "doctor", "--json", "--netns", "all")
                .out();
        assertThat(all).containsOnlyOnce("\"what\":\"owners of 2 sockets\"");
        assertThat(all).contains("\"secondsToExhaustion\":null");
    }

    @Test
    void time_wait_says_how_many_seconds_are_left() {
        assertThat(Ran.on(HOST, "who", "33002", "--json").out()).contains("\"expiresInSeconds\":12.5");
    }
}

package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.FakeTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.PolicyReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What version 0.1.0 wrote, in the hands of this one: see fixtures/state-0.1.0. */
class EarlierStateTest {
    private static final Path WRITTEN = Path.of("../fixtures/state-0.1.0");
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final String REUSE = "net.ipv4.tcp_tw_reuse";

    /** As the machine is after the next start, which an upgrade may well come with. */
    private final FakeTuning tuning = new FakeTuning();

    @TempDir
    private Path folder;

    @BeforeEach
    void bring_its_state() throws Exception {
        for (String file : List.of("changes.jsonl", "acts.jsonl")) {
            Files.copy(WRITTEN.resolve(file), folder.resolve(file));
        }
        for (String line : Files.readAllLines(WRITTEN.resolve("zz-berth.conf"))) {
            String[] words = line.split(" = ", 2);
            if (!line.startsWith("#")) {
                tuning.running(words[0], words[1]).persistent(words[0], words[1]);
            }
        }
    }

    private Ran run(String line) {
        var host = FakeHostNetwork.with("0.0.0.0:80 LISTEN web(4200020)")
                .namespace(new NetworkNamespace(4026532179L, null))
                .tuning(tuning);
        return Ran.on(FakeHostProvider.of(host), Map.of("BERTH_STATE", folder.toString()), line.split(" ", -1));
    }

    @Test
    void every_change_and_every_act_is_told_as_that_version_told_it() throws Exception {
        var json = new JsonMapper();
        JsonNode then = json.readTree(Files.readString(WRITTEN.resolve("changes.json")));
        JsonNode now = json.readTree(run("changes --json").out());
        assertThat(now.get("gaps")).isEmpty();
        has(now.get("changes"), then.get("changes"));
        has(now.get("acts"), then.get("acts"));
    }

    /** Every field that was there has the value that it had; others may have come. */
    private static void has(JsonNode now, JsonNode then) {
        if (then.isObject()) {
            then.properties().stream()
                    .filter(field -> !field.getKey().equals("overdue")) // by now
                    .forEach(field -> has(now.get(field.getKey()), field.getValue()));
        } else if (then.isArray()) {
            assertThat(now).hasSameSizeAs(then);
            for (int i = 0; i < then.size(); i++) {
                has(now.get(i), then.get(i));
            }
        } else {
            assertThat(now).isEqualTo(then);
        }
    }

    @Test
    void what_it_changed_is_taken_back() {
        for (int change : new int[] {5, 2, 1}) {
            Ran ran = run("rollback " + change + " --yes");
            assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        }
        assertThat(tuning.everything().get(Place.PERSISTENT)).isEmpty();
        assertThat(tuning.read(RESERVED, Place.RUNNING)).isEqualTo(new Reading.Value(""));
        assertThat(tuning.read(RANGE, Place.RUNNING)).isEqualTo(new Reading.Value("32768 60999"));
        assertThat(tuning.read(REUSE, Place.RUNNING)).isEqualTo(new Reading.Value("1"));
        assertThat(run("changes").out()).doesNotContain("in force", "unconfirmed");
    }

    @Test
    void its_policy_means_what_it_meant() throws Exception {
        assertThat(PolicyReader.read(WRITTEN.resolve("berth.yaml")))
                .isEqualTo(new Policy(
                        List.of(
                                new Policy.Service("SQL Server", Protocol.TCP, PortSet.parse("1433"), null, null, null),
                                new Policy.Service(
                                        "web",
                                        Protocol.TCP,
                                        PortSet.parse("8080-8090"),
                                        IpAddress.parse("0.0.0.0"),
                                        "nginx.service",
                                        null),
                                new Policy.Service("names", Protocol.UDP, PortSet.parse("53"), null, null, "named"),
                                new Policy.Service(
                                        "search", Protocol.TCP, PortSet.parse("9200-9210,9300"), null, null, null)),
                        new Policy.DynamicRange(
                                new PortRange(10240, 65535), new PortRange(49152, 65535), new PortRange(49152, 65535)),
                        Policy.TimeWaitReuse.LOOPBACK,
                        List.of(new Policy.Destination(new Endpoint(IpAddress.parse("10.1.2.3"), 443), 400, 0.2))));
    }
}

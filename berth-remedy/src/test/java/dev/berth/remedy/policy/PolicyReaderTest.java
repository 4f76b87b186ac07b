package dev.berth.remedy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.remedy.policy.Policy.Destination;
import dev.berth.remedy.policy.Policy.DynamicRange;
import dev.berth.remedy.policy.Policy.Service;
import dev.berth.remedy.policy.Policy.TimeWaitReuse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyReaderTest {
    private static Policy read(String text) throws PolicyException {
        return PolicyReader.read(text, "berth.yaml");
    }

    private static List<String> faults(String text) {
        PolicyException e = catchThrowableOfType(PolicyException.class, () -> read(text));
        assertThat(e).as("refused: %s", text).isNotNull();
        assertThat(e.faults()).allSatisfy(fault -> {
            assertThat(fault.why()).isNotBlank();
            assertThat(fault.next()).isNotBlank();
        });
        return e.faults().stream().map(fault -> fault.in(e.source())).toList();
    }

    private static String fault(String text) {
        List<String> faults = faults(text);
        assertThat(faults).hasSize(1);
        return faults.getFirst();
    }

    @Test
    void a_unit_has_its_ending_and_a_template_is_none() throws Exception {
        String unit = "services: [{name: web, port: 80, unit: '%s'}]";
        for (String[] one : new String[][] {
            {"nginx", "nginx.service"},
            {"nginx.service", "nginx.service"},
            {"web.1", "web.1.service"},
            {"web@1.service", "web@1.service"},
            {"app.socket", "app.socket"},
            {"user@1000.service/web.service", "user@1000.service/web.service"}
        }) {
            assertThat(read(unit.formatted(one[0])).services())
                    .extracting(Service::unit)
                    .containsExactly(one[1]);
        }
        assertThat(fault(unit.formatted("nginx@.service"))).contains("the unit 'nginx@.service' is a template");
        assertThat(fault(unit.formatted("nginx@"))).contains("is a template");
    }

    @Test
    void services_that_have_every_port_of_a_range_contradict_it() throws Exception {
        String policy = "{services: [{name: a, ports: 10240-65535, protocol: %s}], dynamicRange: %s}";
        assertThat(fault(policy.formatted("udp", "{linux: 10240-65535}")))
                .contains("the services have every port of the range 10240-65535");
        assertThat(fault(policy.formatted("tcp", "{windows: {tcp: 49152-65535}}")))
                .contains("have every port");
        read(policy.formatted("udp", "{windows: {tcp: 49152-65535}}"));
        read(policy.formatted("tcp", "{linux: 10230-65535}"));
    }

    @Test
    void everything_a_policy_may_say_is_read() throws Exception {
        Policy policy = read("""
                services:
                  - {name: SQL Server, port: 1433}
                  - {name: web, ports: "8080-8090,9443", address: 0.0.0.0, unit: nginx.service}
                  - name: names
                    ports: [53, 5353-5354]
                    protocol: udp
                    address: "::1"
                    process: named
                dynamicRange: {linux: 10240-65535, windows: {tcp: 49152-65535, udp: 49152-65535}}
                timeWaitReuse: loopback
                destinations:
                  - {to: "10.1.2.3:443", peakConnectionsPerSecond: 400, holdSeconds: 0.2}
                  - {to: "[2001:db8::1]:443", peakConnectionsPerSecond: 1e3}
                """);
        assertThat(policy)
                .isEqualTo(new Policy(
                        List.of(
                                new Service("SQL Server", Protocol.TCP, PortSet.parse("1433"), null, null, null),
                                new Service(
                                        "web",
                                        Protocol.TCP,
                                        PortSet.parse("8080-8090,9443"),
                                        IpAddress.ANY_V4,
                                        "nginx.service",
                                        null),
                                new Service(
                                        "names",
                                        Protocol.UDP,
                                        PortSet.parse("53,5353-5354"),
                                        IpAddress.parse("::1"),
                                        null,
                                        "named")),
                        new DynamicRange(
                                new PortRange(10240, 65535), new PortRange(49152, 65535), new PortRange(49152, 65535)),
                        TimeWaitReuse.LOOPBACK,
                        List.of(
                                new Destination(Endpoint.parse("10.1.2.3:443"), 400, 0.2),
                                new Destination(Endpoint.parse("[2001:db8::1]:443"), 1000, 0))));
        assertThat(policy.ports()).hasToString("53,1433,5353-5354,8080-8090,9443");
        assertThat(policy.ports(Protocol.UDP)).hasToString("53,5353-5354");
    }

    @Test
    void json_is_yaml_too() throws Exception {
        assertThat(read("{\"services\": [{\"name\": \"web\", \"port\": 80}]}").ports())
                .isEqualTo(PortSet.parse("80"));
    }

    @Test
    void a_port_that_is_none_is_named_with_its_place() {
        assertThat(fault("""
                services:
                  # the web
                  - name: web
                    port: 70000
                """)).isEqualTo("berth.yaml:4:11: '70000' is not a port");
        assertThat(fault("services: [{name: web, port: 080}]")).contains("'080' is not a port");
        assertThat(fault("services: [{name: web, port: }]")).contains("nothing is not a port");
        assertThat(fault("services: [{name: web, port: 80-90}]")).contains("'80-90' is not one port");
        assertThat(fault("services: [{name: web, ports: 90-80}]")).contains("'90-80' runs backwards");
        assertThat(fault("services: [{name: web, ports: [80, 0]}]")).contains("berth.yaml:1:36", "'0' is not a port");
        assertThat(fault("services: [{name: web, ports: []}]")).contains("names no port");
    }

    @Test
    void every_mistake_is_told_at_once_and_in_order() {
        assertThat(faults("""
                services:
                  - {name: web, port: 80, adress: 10.0.0.1}
                  - {name: web, port: 0}
                  - {port: 443, name: web}
                  - {name: mail, port: 25, ports: 25-26}
                  - {name: db, protocol: sctp, port: 1}
                dynamicRange: {linux: 1000-2000}
                destinations:
                  - {to: example.com:443, peakConnectionsPerSecond: 0}
                service: []
                """))
                .containsExactly(
                        "berth.yaml:2:27: unknown key 'adress'",
                        "berth.yaml:3:23: '0' is not a port",
                        "berth.yaml:4:5: two services are called 'web'",
                        "berth.yaml:5:35: port and ports are both given",
                        "berth.yaml:6:26: 'sctp' is no protocol",
                        "berth.yaml:7:23: the range 1000-2000 starts among the privileged ports",
                        "berth.yaml:7:23: the range 1000-2000 has ends of the same parity",
                        "berth.yaml:9:10: 'example.com:443' is not a destination",
                        "berth.yaml:9:53: '0' is no number of connections a second",
                        "berth.yaml:10:1: unknown key 'service'");
    }

    @Test
    void an_unknown_key_gets_the_nearest() {
        PolicyException e = catchThrowableOfType(PolicyException.class, () -> read("servces: []"));
        assertThat(e.faults().getFirst().next()).isEqualTo("did you mean services?");
    }

    @Test
    void two_services_with_one_port_at_one_address_are_refused() {
        String two = "services: [{name: a, ports: 80-90%s}, {name: b, ports: 85-95%s}]";
        assertThat(fault(two.formatted("", ""))).contains(":1:37: 'a' and 'b' both have tcp ports 85-90");
        assertThat(fault(two.formatted(", address: 10.0.0.1", ""))).contains("both have tcp ports 85-90");
        assertThat(fault(two.formatted(", address: 0.0.0.0", ", address: 10.0.0.1")))
                .contains("both have");
        assertThat(fault(two.formatted(", address: 10.0.0.1", ", address: 10.0.0.1")))
                .contains("both have");
    }

    @Test
    void services_that_do_not_meet_may_have_one_port() throws Exception {
        String two = "services: [{name: a, port: 80%s}, {name: b, port: 80%s}]";
        read(two.formatted(", address: 10.0.0.1", ", address: 10.0.0.2"));
        read(two.formatted(", protocol: udp", ""));
        read(two.formatted(", address: 0.0.0.0", ", address: '::'"));
    }

    @Test
    void what_yaml_reads_as_something_else_is_told() {
        assertThat(fault("services: [{name: 8080, port: 8080}]")).contains("'8080' is no name");
        assertThat(fault("services: [{name: web, port: 80, address: 10.1}]")).contains("'10.1' is no address");
        assertThat(fault("services: [{name: web, port: 0x50}]")).contains("'0x50' is not a port");
        assertThat(fault("timeWaitReuse: true")).contains("'true' is no way to reuse TIME_WAIT");
        assertThat(fault("services: {name: web}")).contains("'services' is not a list");
        assertThat(fault("services:")).contains("'services' is not a list");
        assertThat(fault("- services")).contains("a policy is not written as keys and values");
        assertThat(fault("services: [{name: !!binary YQ==, port: 80}]")).contains("is no name");
    }

    @Test
    void a_text_that_is_no_yaml_is_told_with_its_place() {
        assertThat(fault("services:\n  - {name: web\n  port: 80")).startsWith("berth.yaml:3:");
        assertThat(fault("a: [::1]:443")).startsWith("berth.yaml:1:");
        assertThat(fault("services: \u0007[]")).isEqualTo("berth.yaml:1:11: character U+0007 cannot stand in a policy");
        assertThat(fault("services: []\n---\nservices: []")).startsWith("berth.yaml:2:1:");
        assertThat(fault("")).isEqualTo("berth.yaml: the file is empty");
        assertThat(fault("# nothing\n")).isEqualTo("berth.yaml: the file is empty");
        assertThat(fault("{}")).isEqualTo("berth.yaml:1:1: the policy says nothing");
    }

    @Test
    void a_text_that_would_use_up_stack_or_memory_is_refused() {
        assertThat(fault("[".repeat(100_000))).contains("nested deeper");
        assertThat(fault("- ".repeat(100_000))).contains("nested deeper");
        assertThat(fault("#".repeat(YamlText.LONGEST + 1))).contains("too long");
        assertThat(faults("services: &a [*a, *a]")).hasSize(2);
        assertThat(faults("services: [" + "{},".repeat(100_000) + "]")).hasSize(100);
    }

    @Test
    void windows_and_linux_have_limits_of_their_own() throws Exception {
        assertThat(fault("dynamicRange: {windows: {tcp: 1024-65535}}")).contains("Windows takes no range");
        assertThat(fault("dynamicRange: {windows: {udp: 50000-50100}}")).contains("Windows takes no range");
        assertThat(fault("dynamicRange: {linux: 32768-60998}")).contains("ends of the same parity");
        assertThat(fault("dynamicRange: {linux: 32768}")).contains("'32768' is no range");
        assertThat(fault("dynamicRange: {}")).contains("dynamicRange says nothing");
        assertThat(read("dynamicRange: {windows: {tcp: 10001-20001}}")
                        .dynamicRange()
                        .linux())
                .isNull();
    }

    @Test
    void a_file_is_read_as_its_text(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("berth.yaml");
        Files.writeString(file, "services: [{name: Bäckerei, port: 80}]");
        assertThat(PolicyReader.read(file).services().getFirst().name()).isEqualTo("Bäckerei");
        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> PolicyReader.read(file))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("not a text");
        Files.write(file, new byte[4 * YamlText.LONGEST + 9]);
        assertThatThrownBy(() -> PolicyReader.read(file)).isInstanceOf(PolicyException.class);
        assertThatThrownBy(() -> PolicyReader.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}

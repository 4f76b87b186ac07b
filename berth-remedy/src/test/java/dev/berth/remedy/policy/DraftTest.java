package dev.berth.remedy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import dev.berth.net.Given;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.Gap;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.remedy.policy.Policy.DynamicRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DraftTest {
    private static final PortRange DYNAMIC = new PortRange(32768, 60999);

    private static ConfiguredServices.Service configured(
            String name, Protocol protocol, String ports, @Nullable Boolean enabled) {
        return new ConfiguredServices.Service(
                name, protocol, PortRange.parse(ports), null, null, "/etc/" + name + ".conf:3", enabled);
    }

    private static Draft draft(FakeHostNetwork host, ConfiguredServices.Service... services) throws Exception {
        var gaps = new ArrayList<Gap>();
        var found = new Findings(DYNAMIC, DYNAMIC, false);
        found.addRunning(host, gaps);
        found.addConfigured(new ConfiguredServices(List.of(services), List.of()), gaps);
        return new Draft("db1", "2026-11-20", found.entries(), new DynamicRange(DYNAMIC, null, null), gaps);
    }

    @Test
    void what_runs_and_what_is_stopped_are_services_that_say_where_they_are_from() throws Exception {
        var host = FakeHostNetwork.with(
                "0.0.0.0:80 LISTEN nginx(812)",
                "[::]:80 LISTEN nginx(812)",
                "0.0.0.0:443 LISTEN nginx(812)",
                "127.0.0.1:5432 LISTEN postgres(90)",
                "udp 0.0.0.0:53 BOUND named(7)",
                "10.0.0.1:41000 -> 10.0.0.9:443 ESTABLISHED curl(5)");
        host.process(new ProcessInfo(812, "nginx", null, null, null, "nginx.service", null));
        Draft draft = draft(
                host,
                configured("nginx", Protocol.TCP, "80", true),
                configured("SQL Server", Protocol.TCP, "1433", null),
                configured("MQTT", Protocol.TCP, "1883", false));
        assertThat(DraftText.of(draft)).isEqualTo("""
                # What db1 is to be like: drafted on 2026-11-20 from what ran and what is configured.
                # Correct it, then: berth ensure FILE. docs/policy.md tells what may stand here.

                services:
                  # 80: runs now: nginx (pid 812), /etc/nginx.conf:3
                  # 443: runs now: nginx (pid 812)
                  - {name: nginx, ports: "80,443"}
                  # stopped; configured in /etc/SQL Server.conf:3
                  - {name: SQL Server, port: 1433}
                  # runs now: postgres (pid 90)
                  - {name: postgres, port: 5432, address: 127.0.0.1}
                  # runs now: named (pid 7)
                  - {name: named, port: 53, protocol: udp}

                  # Left out, as it is not enabled, so nothing starts it:
                  # stopped; configured in /etc/MQTT.conf:3
                  # - {name: MQTT, port: 1883}

                dynamicRange: {linux: 32768-60999}

                # What this host connects to, so that berth tells when its ports cannot carry it:
                # destinations:
                #   - {to: "10.1.2.3:443", peakConnectionsPerSecond: 400, holdSeconds: 0.2}
                """);
        assertThat(PolicyReader.read(DraftText.of(draft), "")).isEqualTo(draft.policy());
    }

    @Test
    void a_port_that_the_system_drew_is_left_out_and_one_asked_for_by_number_is_not() throws Exception {
        var host = FakeHostNetwork.with("0.0.0.0:40000 LISTEN java(4)", "127.0.0.1:50000 LISTEN db(5)")
                .boundByNumber();
        Draft draft = draft(host);
        assertThat(draft.policy().ports()).hasToString("50000");
        assertThat(DraftText.of(draft))
                .contains("# Left out, as the system drew the port", "# - {name: java, port: 40000}");
    }

    @Test
    void the_same_name_twice_is_told_apart() throws Exception {
        Draft draft = draft(FakeHostNetwork.with(
                "0.0.0.0:53 LISTEN named(7)",
                "127.0.0.1:953 LISTEN named(7)",
                "[::1]:954 LISTEN named(7)",
                "udp 0.0.0.0:53 BOUND named(7)"));
        assertThat(draft.policy().services())
                .extracting(Policy.Service::name)
                .containsExactly("named", "named at 127.0.0.1", "named at ::1", "named udp");
        assertThat(PolicyReader.read(DraftText.of(draft), "")).isEqualTo(draft.policy());
    }

    @Test
    void the_one_at_every_address_has_the_name_whichever_comes_first() throws Exception {
        Draft draft = draft(FakeHostNetwork.with(
                "10.77.0.5:8081 LISTEN python3(7)", "0.0.0.0:8082 LISTEN python3(7)", "[::1]:8083 LISTEN python3(7)"));
        assertThat(draft.policy().services())
                .extracting(Policy.Service::name)
                .containsExactly("python3 at 10.77.0.5", "python3", "python3 at ::1");
    }

    @Test
    void a_host_without_servers_has_an_empty_list() throws Exception {
        Draft draft = draft(FakeHostNetwork.with());
        assertThat(DraftText.of(draft)).contains("services: []");
        assertThat(PolicyReader.read(DraftText.of(draft), "")).isEqualTo(draft.policy());
    }

    @Test
    void a_range_that_no_policy_may_have_stands_in_a_comment() throws Exception {
        var draft = new Draft(
                "h", "2026-11-20", List.of(), new DynamicRange(new PortRange(32768, 61000), null, null), List.of());
        assertThat(DraftText.of(draft))
                .contains("left out, as its ends have the same parity:\n# dynamicRange: {linux: 32768-61000}");
        assertThat(PolicyReader.read(DraftText.of(draft), "")).isEqualTo(draft.policy());
    }

    @Test
    void on_windows_services_have_their_names_and_each_protocol_its_range() throws Exception {
        var policy = new PortPolicy(
                new PortRange(1024, 15000), PortSet.EMPTY, List.of(), List.of(), null, PortPolicy.Persistent.NOTHING);
        var host = FakeHostNetwork.windows(policy, "0.0.0.0:21433 LISTEN sqlservr.exe(42)")
                .process(new ProcessInfo(42, "sqlservr.exe", null, null, null, "MSSQLSERVER", null));
        Draft draft = Draft.of(host);
        assertThat(DraftText.of(draft))
                .contains("{name: MSSQLSERVER, port: 21433}")
                .contains("left out, as it starts below 1025, and netsh takes none that does:\n"
                        + "# dynamicRange: {windows: {tcp: 1024-15000}}");
        assertThat(PolicyReader.read(DraftText.of(draft), "")).isEqualTo(draft.policy());
    }

    @Test
    void whatever_processes_and_files_are_called_the_text_reads_back_as_the_draft() {
        Cases.of(DraftTest::anything).count(1_000).seed(Cases.fresh()).forEach(draft -> {
            String text = DraftText.of(draft);
            try {
                assertThat(PolicyReader.read(text, "draft")).isEqualTo(draft.policy());
            } catch (PolicyException e) {
                throw new AssertionError(text, e);
            }
        });
    }

    private static Draft anything(Random random) {
        var found = new Findings(DYNAMIC, DYNAMIC, false);
        var services = new ArrayList<ConfiguredServices.Service>();
        for (int i = random.nextInt(8); i > 0; i--) {
            int first = Given.port(random);
            IpAddress address = random.nextBoolean() ? null : Given.address(random);
            services.add(new ConfiguredServices.Service(
                    text(random),
                    random.nextBoolean() ? Protocol.TCP : Protocol.UDP,
                    new PortRange(first, Math.min(65_535, first + random.nextInt(3))),
                    address,
                    null,
                    text(random),
                    random.nextInt(4) == 0 ? Boolean.FALSE : null));
        }
        found.addConfigured(new ConfiguredServices(services, List.of()), new ArrayList<>());
        return new Draft(
                text(random),
                "2026-11-20",
                found.entries(),
                random.nextBoolean()
                        ? new DynamicRange(Given.portRange(random), null, null)
                        : new DynamicRange(null, Given.portRange(random), Given.portRange(random)),
                List.of(new Gap(text(random), "x")));
    }

    private static String text(Random random) {
        String awkward = "ab 1:#,{}[]\"'\\-?!&*%@`|>~\n\r\t\u0000\u0085\u2028\ufeff\ud800é日\ud83d\ude00";
        var text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 200 : 8); i > 0; i--) {
            text.append(awkward.charAt(random.nextInt(awkward.length())));
        }
        return random.nextInt(6) == 0
                ? List.of("null", "true", "on", "1.5", "1433", "~").get(random.nextInt(6))
                : text.toString();
    }
}

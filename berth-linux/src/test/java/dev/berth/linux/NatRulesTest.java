package dev.berth.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.Elsewhere;
import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NatRules;
import dev.berth.platform.NatRules.Rule;
import dev.berth.platform.NatRules.Target;
import dev.berth.platform.NatRules.Traffic;
import dev.berth.platform.capture.Capture;
import dev.berth.platform.capture.CaptureFiles;
import dev.berth.platform.capture.CaptureRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NAT rules as this machine's own tools make them, in a private network namespace. */
class NatRulesTest {
    private static final int COMMAND_NOT_FOUND = 127;

    private final PrivateNamespace namespace = PrivateNamespace.open();

    @TempDir
    private Path directory = Path.of("");

    NatRulesTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        namespace.close();
    }

    private void run(String command) throws Exception {
        Process process = new ProcessBuilder(
                        "nsenter", "--net=/proc/" + namespace.pid() + "/ns/net", "sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        Assumptions.assumeTrue(code != COMMAND_NOT_FOUND, () -> "needs the commands of: " + command);
        assertThat(code).as(command + ": " + said).isZero();
    }

    private NatRules rules() throws Exception {
        try (HostNetwork host = new LinuxProvider()
                .open(new NamespaceChoice.OfProcess(namespace.pid()))
                .getFirst()) {
            return host.natRules();
        }
    }

    @Test
    void where_there_is_no_rule_there_is_none_and_the_addresses_are_told() throws Exception {
        run("nft --version && ip address add 192.0.2.7/24 dev lo && ip address add fd00::7/64 dev lo");

        NatRules rules = rules();

        assertThat(rules.rules()).isEmpty();
        assertThat(rules.gaps()).isEmpty();
        assertThat(rules.localAddresses())
                .contains(
                        IpAddress.parse("127.0.0.1"),
                        IpAddress.parse("192.0.2.7"),
                        IpAddress.parse("::1"),
                        IpAddress.parse("fd00::7"))
                .doesNotContain(IpAddress.parse("192.0.2.255"), IpAddress.parse("192.0.2.0"));
    }

    @Test
    void a_rule_of_nftables_is_read_in_the_namespace_that_was_asked_about() throws Exception {
        run(
                "nft 'table ip t { chain c { type nat hook prerouting priority -100; tcp dport 8080 dnat to 10.0.0.2:80; }; }'");

        assertThat(rules().rules())
                .containsExactly(dnat("tcp dport 8080 dnat to 10.0.0.2:80", "nft ip t c", "10.0.0.2"));
    }

    private static Rule dnat(String text, String source, String to) {
        return new Rule(
                Traffic.ARRIVING,
                Set.of(Protocol.TCP),
                PortSet.parse("8080"),
                List.of(new NatRules.Destination(IpAddress.v4(0), 96, false)),
                false,
                new Target.At(IpAddress.parse(to), 80),
                text,
                source);
    }

    @Test
    void a_rule_of_iptables_is_read_once_and_in_its_own_words() throws Exception {
        String rule = "-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.0.2:80";
        run("iptables-nft -t nat " + rule);

        NatRules rules = rules();

        assertThat(rules.rules()).containsExactly(dnat(rule, "iptables nat PREROUTING", "10.0.0.2"));
        assertThat(rules.gaps()).isEmpty();
    }

    @Test
    void both_families_of_iptables_and_a_table_of_nftables_are_read_together() throws Exception {
        run("iptables-nft -t nat -A OUTPUT -p udp --dport 53 -j REDIRECT --to-ports 5353");
        run("ip6tables-nft -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination [fd00::2]:80");
        run("nft 'table inet t { chain c { type nat hook output priority -90; tcp dport 81 redirect to :82; }; }'");

        assertThat(rules().rules())
                .extracting(Rule::source)
                .containsExactly("ip6tables nat PREROUTING", "iptables nat OUTPUT", "nft inet t c");
    }

    @Test
    void a_rule_of_the_older_x_tables_is_read_by_its_own_tool() throws Exception {
        String rule = "-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.0.3:80";
        run("iptables-legacy -t nat " + rule);

        NatRules rules = rules();

        assertThat(rules.rules()).containsExactly(dnat(rule, "iptables-legacy nat PREROUTING", "10.0.0.3"));
        assertThat(rules.gaps()).isEmpty();
    }

    @Test
    void a_recording_plays_the_rules_back() throws Exception {
        run(
                "nft 'table ip t { chain c { type nat hook prerouting priority -100; tcp dport 8080 dnat to 10.0.0.2:80; }; }'");
        run("iptables-nft -t nat -A OUTPUT -d 192.0.2.1 -p tcp --dport 8080 -j DNAT --to-destination 10.0.0.2:80");

        assertThat(recorded(false)).isEqualTo(rules());
    }

    @Test
    void a_scrubbed_recording_keeps_the_rules_and_loses_their_addresses_and_remarks() throws Exception {
        run("ip address add 203.0.113.9/32 dev lo");
        run("nft 'table ip t { chain at_10.9.8.7 { tcp dport 80 dnat to 203.0.113.9:81 comment \"ask Ada\"; };"
                + " chain c { type nat hook prerouting priority -100; ip daddr 203.0.113.9 jump at_10.9.8.7; }; }'");

        NatRules rules = recorded(true);

        Rule rule = rules.rules().getFirst();
        IpAddress other = rule.destinations().getFirst().network();
        assertThat(rule.ports()).isEqualTo(PortSet.parse("80"));
        assertThat(rule.target()).isEqualTo(new Target.At(other, 81));
        assertThat(rules.localAddresses()).contains(other);
        assertThat(rules.toString()).doesNotContain("203.0.113.9", "10.9.8.7", "Ada");
    }

    private NatRules recorded(boolean scrub) throws Exception {
        Path file = directory.resolve("capture");
        var provider = new LinuxProvider();
        provider.record(file, new CaptureRequest(new NamespaceChoice.OfProcess(namespace.pid()), scrub));
        try (Capture capture = CaptureFiles.open(file);
                HostNetwork host =
                        provider.open(capture, new NamespaceChoice.Own()).getFirst()) {
            return host.natRules();
        }
    }

    @Test
    void somebody_without_privilege_is_told_what_it_takes() throws Exception {
        run("nft --version");

        String said = Elsewhere.run(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"), Reading.class);

        assertThat(said.strip())
                .isEqualTo("0 [Gap[what=NAT rules, why=reading them takes CAP_NET_ADMIN: run as root]]");
    }

    /** What runs without capabilities. */
    static final class Reading {
        private Reading() {}

        public static void main(String[] arguments) throws Exception {
            try (HostNetwork host =
                    new LinuxProvider().open(new NamespaceChoice.Own()).getFirst()) {
                NatRules rules = host.natRules();
                System.out.println(rules.rules().size() + " " + rules.gaps());
            }
        }
    }
}

package dev.berth.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SourcedRange;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RangesScreenTest {
    @Test
    void of_windows_exclusions_say_what_they_stop_and_no_file_is_spoken_of() {
        var hns = new PortRange(50_000, 50_059);
        assertThat(windows(new PortPolicy(
                        new PortRange(49_152, 65_535),
                        PortSet.of(hns),
                        List.of(new SourcedRange(hns, "netsh (administered)")),
                        List.of(new ExcludedRange(PortRange.of(5357), false), new ExcludedRange(hns, true)),
                        null,
                        PortPolicy.Persistent.NOTHING)))
                .isEqualTo("""
                        TCP and UDP, IPv4 and IPv6
                          dynamic           49152-65535, 16,384 ports
                            at next start   unknown
                          reserved          50000-50059  (netsh (administered))
                            at next start   unknown
                          excluded          5357  (by the system: nobody can bind it; known for: Web
                                            Services for Devices (WSDAPI))
                                            50000-50059  (administered: a server may bind it; known for:
                                            the Host Networking Service's default)
                        """);
    }

    @Test
    void what_netsh_did_not_tell_is_not_none() {
        assertThat(windows(
                        new PortPolicy(null, PortSet.EMPTY, List.of(), List.of(), null, PortPolicy.Persistent.NOTHING)))
                .contains("dynamic           unknown", "reserved          unknown")
                .doesNotContain("none");
    }

    private static String windows(PortPolicy policy) {
        var policies = new HashMap<Settings.Scope, PortPolicy>();
        for (Protocol protocol : Protocol.values()) {
            for (Settings.Family family : Settings.Family.values()) {
                policies.put(new Settings.Scope(protocol, family), policy);
            }
        }
        var text = new StringBuilder();
        var page = new Page(text, 80, Ink.PLAIN);
        RangesScreen.print(
                page, new Settings(policies, new TreeMap<>(), new TreeMap<>(), List.of(), null), true, List.of());
        return text.toString();
    }
}

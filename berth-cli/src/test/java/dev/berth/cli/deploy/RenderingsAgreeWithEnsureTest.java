package dev.berth.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Aim;
import dev.berth.linux.PrivateNamespace;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostProvider;
import dev.berth.platform.Hosts;
import dev.berth.platform.NamespaceChoice;
import dev.berth.remedy.policy.Drift;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.PolicyReader;
import dev.berth.remedy.render.Rendering;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that was given a rendering is a host that {@code ensure} has nothing left to do on. */
class RenderingsAgreeWithEnsureTest {
    @TempDir
    private Path folder;

    @Test
    void what_sysctl_d_sets_is_what_ensure_aims_at() throws Exception {
        Policy policy = PolicyReader.read("""
                services:
                  - {name: SQL Server, port: 1433}
                  - {name: web, ports: 40000-40010}
                  - {name: names, port: 5353, protocol: udp}
                dynamicRange: {linux: 10240-65535}
                timeWaitReuse: "on"
                """, "berth.yaml");
        Path file = Tool.write(
                folder.resolve("zz-berth.conf"), Rendering.SYSCTL.render(policy).text());
        try (PrivateNamespace namespace = PrivateNamespace.open()) {
            assertThat(aims(policy, namespace))
                    .containsExactlyInAnyOrder(
                            new Aim.Reserve(PortSet.parse("1433,5353,40000-40010")),
                            new Aim.Draw(new PortRange(10_240, 65_535)),
                            new Aim.Assign("net.ipv4.tcp_tw_reuse", "1"));
            Tool.run(
                            "nsenter",
                            "--net=/proc/" + namespace.pid() + "/ns/net",
                            "/usr/lib/systemd/systemd-sysctl",
                            file.toString())
                    .well();
            assertThat(aims(policy, namespace)).isEmpty();
        }
    }

    private static List<Aim> aims(Policy policy, PrivateNamespace namespace) throws Exception {
        HostProvider provider = Objects.requireNonNull(Hosts.here());
        try (HostNetwork host =
                provider.open(new NamespaceChoice.OfProcess(namespace.pid())).getFirst()) {
            return Drift.of(policy, host, false).aims();
        }
    }
}

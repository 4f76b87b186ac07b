package dev.berth.remedy.render;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.remedy.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch file of netsh commands, one for each run of ports: see netsh interface ipv4 add excludedportrange. Ports are
 * excluded before a range could hand them out. It cannot look first; {@link PowerShellScript} does.
 */
final class NetshScript {
    private static final List<String> FAMILIES = List.of("ipv4", "ipv6");

    private NetshScript() {}

    static Rendered of(Policy policy) {
        var text = new StringBuilder();
        text.append(forBatch(PolicyInWords.commented(
                "rem",
                policy,
                "Printed by: berth ensure --render netsh. Change the policy, not this file.",
                "Run as administrator. A line whose ports are excluded already or are held by a program fails and changes",
                "nothing: the tables at the end tell what is in force.",
                "")));
        for (Protocol protocol : Protocol.values()) {
            for (PortRange ports : policy.ports(protocol).ranges()) {
                for (String family : FAMILIES) {
                    text.append(
                            "netsh interface %s add excludedportrange protocol=%s startport=%d numberofports=%d store=persistent\n"
                                    .formatted(family, protocol.label(), ports.first(), ports.size()));
                }
            }
        }
        range(text, Protocol.TCP, policy.dynamicRange().windowsTcp());
        range(text, Protocol.UDP, policy.dynamicRange().windowsUdp());
        for (Protocol protocol : Protocol.values()) {
            for (String family : FAMILIES) {
                text.append(
                        "netsh interface %s show excludedportrange protocol=%s\n".formatted(family, protocol.label()));
                text.append("netsh interface %s show dynamicport %s\n".formatted(family, protocol.label()));
            }
        }
        return new Rendered(text.toString().replace("\n", "\r\n"), Warnings.onWindows(policy));
    }

    private static void range(StringBuilder text, Protocol protocol, @Nullable PortRange range) {
        if (range == null) {
            return;
        }
        for (String family : FAMILIES) {
            text.append("netsh interface %s set dynamicport %s start=%d num=%d\n"
                    .formatted(family, protocol.label(), range.first(), range.size()));
        }
    }

    /** Even in a rem line cmd.exe acts on % and ^, and reads bytes in a code page nobody knows here. */
    private static String forBatch(String comment) {
        return comment.replaceAll("[^A-Za-z0-9 .,:_@()\\[\\]\\n-]", "?");
    }
}

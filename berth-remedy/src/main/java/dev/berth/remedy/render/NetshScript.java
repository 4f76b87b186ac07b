package dev.berth.remedy.render;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.remedy.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch file of netsh commands: see netsh interface ipv4 add excludedportrange. Ports are excluded one by one, for netsh
 * refuses a run that has one port which is held or excluded already; and before a range could hand them out. It cannot look
 * first; {@link PowerShellScript} does.
 */
final class NetshScript {
    private static final List<String> FAMILIES = List.of("ipv4", "ipv6");

    private static final int MANY = 500; // of which each takes a good part of a second

    private NetshScript() {}

    static Rendered of(Policy policy) {
        var text = new StringBuilder();
        text.append(forBatch(PolicyInWords.commented(
                "rem",
                policy,
                "Printed by: berth ensure --render netsh. Change the policy, not this file.",
                "Run as administrator. A port that is excluded already or held by a program fails and stops only itself:",
                "the tables at the end tell what is in force.",
                "")));
        for (Protocol protocol : Protocol.values()) {
            for (PortRange ports : policy.ports(protocol).ranges()) {
                for (String family : FAMILIES) {
                    boolean one = ports.size() == 1;
                    String each = one ? "" : "for /L %%%%p in (%d,1,%d) do ".formatted(ports.first(), ports.last());
                    text.append(
                            "%snetsh interface %s add excludedportrange protocol=%s startport=%s numberofports=1 store=persistent\n"
                                    .formatted(each, family, protocol.label(), one ? ports : "%%p"));
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
        return new Rendered(
                text.toString().replace("\n", "\r\n"), Warnings.both(Warnings.onWindows(policy), slow(policy)));
    }

    private static List<String> slow(Policy policy) {
        int ports =
                policy.ports(Protocol.TCP).size() + policy.ports(Protocol.UDP).size();
        return ports <= MANY
                ? List.of()
                : List.of(
                        "netsh is started twice for each of %,d ports, each time this is run: --render powershell prints what looks first."
                                .formatted(ports));
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

package dev.berth.remedy.render;

import dev.berth.remedy.policy.Policy;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service unit that carries the settings itself and hands them to systemd-sysctl before the network, and before the units
 * that the policy names: see systemd.service(5), systemd.exec(5) and systemd-sysctl(8), which stores long lists whole.
 */
final class SystemdUnit {
    private static final Pattern UNIT = Pattern.compile(
            "[A-Za-z0-9:_.@-]+\\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope)");

    private SystemdUnit() {}

    static Rendered of(Policy policy) {
        LinuxSettings settings = LinuxSettings.of(policy);
        String comment = PolicyInWords.commented(
                "#",
                policy,
                "Printed by `berth ensure --render systemd`: change the policy, not this file.",
                "Belongs in /etc/systemd/system/berth-ports.service; then: systemctl enable --now berth-ports.service",
                "Linux has one range and one list of reserved ports for TCP and UDP, IPv4 and IPv6.",
                "");
        String text = comment + """

                [Unit]
                Description=Keep the TCP ports of this host's servers available
                DefaultDependencies=no
                After=systemd-sysctl.service
                Wants=network-pre.target
                Before=network-pre.target network.target sockets.target%s
                Conflicts=shutdown.target
                Before=shutdown.target

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                StandardInput=data
                %sExecStart=/usr/lib/systemd/systemd-sysctl /dev/stdin
                CapabilityBoundingSet=CAP_NET_ADMIN
                NoNewPrivileges=yes
                ProtectSystem=strict
                ProtectHome=yes
                ReadOnlyPaths=/proc/sys
                ReadWritePaths=/proc/sys/net

                [Install]
                WantedBy=multi-user.target
                """.formatted(before(policy), settings.lines("StandardInputText="));
        return new Rendered(text, Warnings.both(Warnings.onLinux(policy, settings), unordered(policy)));
    }

    private static String before(Policy policy) {
        return units(policy)
                .filter(unit -> UNIT.matcher(unit).matches())
                .map(unit -> " " + unit)
                .collect(Collectors.joining());
    }

    private static List<String> unordered(Policy policy) {
        return units(policy)
                .filter(unit -> !UNIT.matcher(unit).matches())
                .map("The unit %s is not started after this one: it is no name of a unit of the system."::formatted)
                .toList();
    }

    private static Stream<String> units(Policy policy) {
        return policy.services().stream()
                .map(Policy.Service::unit)
                .filter(Objects::nonNull)
                .distinct();
    }
}

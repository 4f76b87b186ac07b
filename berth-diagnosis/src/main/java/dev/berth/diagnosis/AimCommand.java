package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.WindowsSetting;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to type for a fix that changes settings. A command that names its aim is right whenever it is typed. {@code berth fix}
 * looks at the host anew, so it is for aims that follow from how the host is now: typed after another fix, such a command
 * would take that one back.
 */
final class AimCommand {
    /** Of the fixes that draw from another range, those whose range is right whenever it is typed. */
    private static final Set<String> RANGES = Set.of(MoreConnections.WIDEN_RANGE, "raise-dynamic-range");

    private AimCommand() {}

    /** On Windows, whose settings last, and which has a range for each protocol: {@code range set} alone sets both. */
    static String onWindows(String id, List<Aim> aims) {
        String command = of(id, aims, false);
        return aims.size() == 1
                        && aims.getFirst() instanceof Aim.Draw(var _, Protocol protocol)
                        && protocol == Protocol.TCP
                        && RANGES.contains(id)
                ? command + " --protocol " + protocol.label()
                : command;
    }

    static String of(String id, List<Aim> aims, boolean persistent) {
        return "berth " + (aims.size() == 1 ? words(id, aims.getFirst()) : "fix " + id)
                + (persistent ? " --persist" : "");
    }

    private static String words(String id, Aim aim) {
        return switch (aim) {
            case Aim.Reserve(PortSet ports, Protocol protocol) -> "reserve " + words(ports) + option(protocol);
            case Aim.Release(PortSet ports, Protocol protocol) -> "unreserve " + words(ports) + option(protocol);
            case Aim.Draw(PortRange range, Protocol protocol)
            when RANGES.contains(id) -> "range set " + range + option(protocol);
            case Aim.Assign(String setting, String value) when setting.equals(Recycling.SETTING) -> reuse(id, value);
            case Aim.Assign(String setting, String value)
            when WindowsSetting.isRegistry(setting) ->
                "registry set %s %s".formatted(WindowsSetting.name(setting), value);
            case Aim.Remove(String setting)
            when WindowsSetting.isRegistry(setting) -> "registry remove " + WindowsSetting.name(setting);
            case Aim.Draw _, Aim.Assign _, Aim.Remove _ -> "fix " + id;
        };
    }

    /** Without it {@code reserve} and {@code unreserve} are about TCP, and where a system keeps one setting for both about that. */
    private static String option(Protocol protocol) {
        return protocol == Protocol.TCP ? "" : " --protocol " + protocol.label();
    }

    private static String words(PortSet ports) {
        return ports.ranges().stream().map(PortRange::toString).collect(Collectors.joining(" "));
    }

    private static String reuse(String id, String mode) {
        return switch (mode) {
            case "0" -> "reuse off";
            case "1" -> "reuse on";
            case "2" -> "reuse loopback";
            default -> "fix " + id;
        };
    }
}

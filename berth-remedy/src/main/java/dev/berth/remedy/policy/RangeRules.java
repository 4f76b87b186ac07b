package dev.berth.remedy.policy;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.remedy.plan.RangeRails;
import dev.berth.remedy.plan.WindowsRules;
import dev.berth.remedy.policy.Policy.DynamicRange;
import dev.berth.remedy.policy.Policy.Service;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the dynamic ranges of a policy, and refuses those that a system does not take. */
final class RangeRules {
    private static final int FIRST_UNPRIVILEGED = 1024; // ip_unprivileged_port_start, unless somebody lowered it

    private final Values values;
    private final Faults faults;
    private final List<Service> services;

    /** @param services what the policy keeps from automatic choice */
    RangeRules(Values values, Faults faults, List<Service> services) {
        this.values = values;
        this.faults = faults;
        this.services = services;
    }

    DynamicRange read(Node node) {
        Keys systems = keys(node, "dynamicRange", List.of("linux", "windows"));
        Node linux = systems == null ? null : systems.get("linux");
        Node windows = systems == null ? null : systems.get("windows");
        Keys protocols = windows == null ? null : keys(windows, "windows", List.of("tcp", "udp"));
        return new DynamicRange(
                linux == null ? null : ofLinux(linux),
                protocols == null ? null : ofWindows(protocols.get("tcp"), Protocol.TCP),
                protocols == null ? null : ofWindows(protocols.get("udp"), Protocol.UDP));
    }

    /** A range that the services have all of contradicts what it is for. */
    private void checkRest(Node node, PortRange range, Stream<Service> apart) {
        PortSet kept = apart.map(Service::ports).reduce(PortSet.EMPTY, PortSet::plus);
        if (PortSet.of(range).minus(kept).isEmpty()) {
            faults.add(
                    node,
                    "the services have every port of the range " + range,
                    "automatic choice passes over their ports, so outgoing connections would have none",
                    "write a wider range, or give the services fewer ports");
        }
    }

    private @Nullable Keys keys(Node node, String what, List<String> known) {
        Keys keys = Keys.of(node, what, known, faults);
        if (keys != null && keys.isEmpty()) {
            faults.add(node, what + " says nothing", "it has " + String.join(", ", known), "add one, or remove it");
        }
        return keys;
    }

    private @Nullable PortRange ofLinux(Node node) {
        PortRange range = values.range(node);
        if (range == null) {
            return null;
        }
        if (startsPrivileged(range)) {
            faults.add(
                    node,
                    "the range " + range + " starts among the privileged ports",
                    "Linux takes no range that starts below ip_unprivileged_port_start, 1024 unless it was lowered",
                    "start at 1024 or above");
        }
        if (hasEndsOfOneParity(range)) {
            faults.add(
                    node,
                    "the range " + range + " has ends of the same parity",
                    "Linux shares ports out by parity, and its log asks for different ends",
                    "write " + RangeRails.evened(range));
        }
        checkRest(node, range, services.stream()); // one list of reserved ports for both protocols
        return range;
    }

    /** Why a policy cannot have a range that Linux has now; null where it can. */
    static @Nullable String refusal(PortRange range) {
        return range.size() == 1
                ? "it is one port"
                : startsPrivileged(range)
                        ? "it starts among the privileged ports"
                        : hasEndsOfOneParity(range) ? "its ends have the same parity" : null;
    }

    /** Why a policy cannot have a range that Windows has now; null where it can. Some show 1024, which they do not take. */
    static @Nullable String refusalOfWindows(PortRange range) {
        return WindowsRules.takes(range)
                ? null
                : range.first() < WindowsRules.LOWEST_START
                        ? "it starts below %d, and netsh takes none that does".formatted(WindowsRules.LOWEST_START)
                        : "it has fewer ports than netsh takes";
    }

    private static boolean startsPrivileged(PortRange range) {
        return range.first() < FIRST_UNPRIVILEGED;
    }

    private static boolean hasEndsOfOneParity(PortRange range) {
        return (range.first() & 1) == (range.last() & 1);
    }

    private @Nullable PortRange ofWindows(@Nullable Node node, Protocol protocol) {
        PortRange range = node == null ? null : values.range(node);
        if (node == null || range == null) {
            return null;
        }
        if (!WindowsRules.takes(range)) {
            faults.add(
                    node,
                    "Windows takes no range " + range,
                    "it starts at " + WindowsRules.LOWEST_START + " or above and has " + WindowsRules.FEWEST_PORTS
                            + " ports or more",
                    "write 49152-65535, its own");
        }
        checkRest(node, range, services.stream().filter(service -> service.protocol() == protocol));
        return range;
    }
}

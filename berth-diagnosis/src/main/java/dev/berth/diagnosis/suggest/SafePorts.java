package dev.berth.diagnosis.suggest;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.RegisteredPorts;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which ports a server had better listen on, as far as tables tell: nobody has them, and nobody will be given them. */
public final class SafePorts {
    private static final int FIRST_USER_PORT = 1024; // RFC 6335 section 6; below it are the system ports

    private final PortSet held;
    private final RegisteredPorts registered;
    private final int first;
    private PortSet dynamic = PortSet.EMPTY;
    private PortSet reserved = PortSet.EMPTY;
    private PortSet excluded = PortSet.EMPTY;

    /**
     * @param protocol whose clients are not to be given them; where Windows hands out ports differs between the protocols
     * @param held ports with a socket on them, of either protocol and in any state
     */
    public SafePorts(Settings settings, Protocol protocol, PortSet held, RegisteredPorts registered) {
        this.held = held;
        this.registered = registered;
        int lowest = FIRST_USER_PORT;
        for (Map.Entry<Settings.Scope, PortPolicy> entry : settings.policies().entrySet()) {
            PortPolicy policy = entry.getValue();
            lowest = Math.max(lowest, Objects.requireNonNullElse(policy.firstUnprivileged(), FIRST_USER_PORT));
            if (entry.getKey().protocol() == protocol) {
                dynamic = dynamic.plus(of(policy.dynamic()))
                        .plus(of(policy.persistent().dynamic()));
            }
            reserved = reserved.plus(policy.reserved())
                    .plus(Objects.requireNonNullElse(policy.persistent().reserved(), PortSet.EMPTY));
            excluded = excluded.plus(PortSet.of(
                    policy.excluded().stream().map(ExcludedRange::range).toList()));
        }
        this.first = lowest;
    }

    private static PortSet of(@Nullable PortRange range) {
        return range == null ? PortSet.EMPTY : PortSet.of(range);
    }

    /** What speaks against the port, or null. */
    public @Nullable Objection objection(int port) {
        String service = service(port);
        if (port < first) {
            return new Objection(Objection.Reason.PRIVILEGED, service);
        }
        if (held.contains(port)) {
            return new Objection(Objection.Reason.HELD, null);
        }
        if (service != null) {
            return new Objection(Objection.Reason.REGISTERED, service);
        }
        if (reserved.contains(port)) {
            return new Objection(Objection.Reason.RESERVED, null);
        }
        if (excluded.contains(port)) {
            return new Objection(Objection.Reason.EXCLUDED, null);
        }
        if (RegisteredPorts.NODE_PORTS.contains(port)) {
            return new Objection(Objection.Reason.NODE_PORT, null);
        }
        return dynamic.contains(port) ? new Objection(Objection.Reason.DYNAMIC, null) : null;
    }

    /** Ports that nothing speaks against, the nearest to {@code near} first. */
    public List<Integer> nearestTo(int near) {
        return nearest(near, choice().minus(dynamic));
    }

    /** Ports that only the dynamic range speaks against, so that a reservation would make them safe. */
    public List<Integer> nearestToInDynamicRange(int near) {
        return nearest(near, choice().intersect(dynamic));
    }

    private @Nullable String service(int port) {
        String tcp = registered.service(Protocol.TCP, port);
        return tcp == null ? registered.service(Protocol.UDP, port) : tcp;
    }

    private PortSet choice() {
        return PortSet.of(new PortRange(first, PortRange.ALL.last()))
                .minus(held)
                .minus(registered.ports(Protocol.TCP))
                .minus(registered.ports(Protocol.UDP))
                .minus(reserved)
                .minus(excluded)
                .minus(PortSet.of(RegisteredPorts.NODE_PORTS));
    }

    /** Of two ports that are equally near, the higher one first. */
    private static List<Integer> nearest(int near, PortSet ports) {
        return ports.ports()
                .boxed()
                .sorted(Comparator.comparingInt((Integer port) -> Math.abs(port - near))
                        .thenComparing(Comparator.reverseOrder()))
                .toList();
    }
}

package dev.berth.remedy.policy;

import dev.berth.diagnosis.Recycling;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host is to be like, whichever system it runs: which ports its services need, what automatic choice draws from, and
 * what it connects to. docs/policy.md describes the file.
 *
 * @param dynamicRange what automatic choice is to draw from; {@link DynamicRange#UNSAID} where nothing is said
 * @param timeWaitReuse whether outgoing connections may take over a TIME_WAIT (Linux); null where nothing is said
 */
public record Policy(
        List<Service> services,
        DynamicRange dynamicRange,
        @Nullable TimeWaitReuse timeWaitReuse,
        List<Destination> destinations) {
    public Policy {
        services = List.copyOf(services);
        destinations = List.copyOf(destinations);
    }

    /** The ports of every service of that protocol. */
    public PortSet ports(Protocol protocol) {
        return services.stream()
                .filter(service -> service.protocol() == protocol)
                .map(Service::ports)
                .reduce(PortSet.EMPTY, PortSet::plus);
    }

    /** The ports of every service. Linux keeps one list of reserved ports for both protocols. */
    public PortSet ports() {
        return ports(Protocol.TCP).plus(ports(Protocol.UDP));
    }

    /**
     * Ports that one service listens on, now or at times.
     *
     * @param name what people call it; no other service of the policy is called so
     * @param ports at least one
     * @param address where it binds them; null for every address
     * @param unit the unit that may hold them, with its ending, such as {@code nginx.service}; null for any
     * @param process the short name of the process that may hold them; null for any
     */
    public record Service(
            String name,
            Protocol protocol,
            PortSet ports,
            @Nullable IpAddress address,
            @Nullable String unit,
            @Nullable String process) {}

    /**
     * What automatic choice is to draw from, for each system that the policy speaks of; null where it says nothing.
     *
     * @param linux the one range of TCP and UDP, IPv4 and IPv6
     * @param windowsTcp of IPv4 and IPv6
     * @param windowsUdp of IPv4 and IPv6
     */
    public record DynamicRange(
            @Nullable PortRange linux,
            @Nullable PortRange windowsTcp,
            @Nullable PortRange windowsUdp) {
        /** Nothing is said of any system. */
        public static final DynamicRange UNSAID = new DynamicRange(null, null, null);
    }

    /**
     * What a host connects to.
     *
     * @param peakConnectionsPerSecond above 0
     * @param holdSeconds from connect to close; 0 or more
     */
    public record Destination(Endpoint to, double peakConnectionsPerSecond, double holdSeconds) {}

    /** {@code net.ipv4.tcp_tw_reuse}, see Documentation/networking/ip-sysctl.rst. */
    public enum TimeWaitReuse {
        OFF("off", "0"),
        ON("on", "1"),
        /** Only where an end is a loopback address. */
        LOOPBACK("loopback", "2");

        /** What the value is assigned to. */
        public static final String SETTING = Recycling.SETTING;

        private final String label;
        private final String value;

        TimeWaitReuse(String label, String value) {
            this.label = label;
            this.value = value;
        }

        /** The word for it in policies. */
        public String label() {
            return label;
        }

        /** What the setting is then. */
        public String value() {
            return value;
        }
    }
}

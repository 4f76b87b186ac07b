package dev.berth.client;

import dev.berth.client.host.HostPorts;
import dev.berth.client.host.LinuxPorts;
import dev.berth.client.host.Platform;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How local ports are chosen. What is not set has the default named there; {@link #build} looks at the host and refuses
 * what cannot work, and what would have no effect, with an {@link IllegalArgumentException} that says why. Not thread-safe.
 */
public final class LocalPortsBuilder {
    static final int LOWEST_PORT = 1024;
    static final int DEFAULT_ATTEMPTS = 32;
    static final int DEFAULT_DESTINATIONS = 1024;

    Platform platform = Platform.here();
    HostPorts host = platform == Platform.LINUX ? new LinuxPorts() : HostPorts.UNKNOWN;
    LongSupplier clock = System::nanoTime;

    @Nullable
    PortSet ports;

    boolean outsideDynamicRange;

    @Nullable
    PortRange dynamicRange;

    PortSet avoided = PortSet.EMPTY;
    boolean evenReserved;
    List<InetAddress> sources = List.of();

    @Nullable
    PortOrder order;

    @Nullable
    Integer attempts;

    Duration connectTimeout = Duration.ZERO;

    @Nullable
    Duration timeWait;

    boolean reuseTimeWait;

    @Nullable
    PortSharing sharing;

    @Nullable
    LocalEndpointSelector selector;

    boolean polite;

    @Nullable
    Integer destinations;

    LocalPortMetrics metrics = LocalPortMetrics.NONE;

    LocalPortsBuilder() {}

    /** Chooses from {@code first} to {@code last}, both included: 1024 to 65535. */
    public LocalPortsBuilder range(int first, int last) {
        return ports(PortSet.of(new PortRange(first, last)));
    }

    /** Chooses from these ports: 1024 to 65535. */
    public LocalPortsBuilder ports(PortSet chosen) {
        ports = Objects.requireNonNull(chosen, "ports");
        return this;
    }

    /**
     * Chooses from the ports from 10000 up that lie outside the dynamic range, are not reserved, have no listener and are
     * neither {@linkplain dev.berth.net.RegisteredPorts registered} for a service nor NodePorts of Kubernetes; at least
     * 1,000 have to be left. The default on Linux, where they are read from {@code /proc}: range and reservations again
     * once a minute, listeners at most once a minute and after a lost bind or an exhausted connect only. On Windows, where
     * Java can read none of them, the dynamic range is {@linkplain #dynamicRange assumed}.
     */
    public LocalPortsBuilder outsideDynamicRange() {
        outsideDynamicRange = true;
        return this;
    }

    /**
     * The dynamic range, where it cannot be read. Not set, 49152 to 65535 are assumed, the range of Windows since Vista
     * and of RFC 6335; what the host has, {@code netsh int ipv4 show dynamicport tcp} says.
     */
    public LocalPortsBuilder dynamicRange(PortRange range) {
        dynamicRange = Objects.requireNonNull(range, "range");
        return this;
    }

    /** Passes over these ports, in addition to those avoided before. */
    public LocalPortsBuilder avoid(PortSet ports) {
        avoided = avoided.plus(Objects.requireNonNull(ports, "ports"));
        return this;
    }

    /**
     * Chooses reserved ports of the given range too ({@code ip_local_reserved_ports}). For a range that was reserved for
     * this very program, which is how to have a range of one's own inside the dynamic range.
     */
    public LocalPortsBuilder evenReserved() {
        evenReserved = true;
        return this;
    }

    /**
     * Connects from these addresses of this host, in turn; each has all the ports. Not set, the system chooses the
     * address. A connection uses only those of its family.
     */
    public LocalPortsBuilder sources(Collection<InetAddress> addresses) {
        Objects.requireNonNull(addresses, "addresses").forEach(address -> Objects.requireNonNull(address, "address"));
        sources = List.copyOf(addresses);
        return this;
    }

    /** As {@link #sources(Collection)}. */
    public LocalPortsBuilder sources(InetAddress... addresses) {
        return sources(Arrays.asList(Objects.requireNonNull(addresses, "addresses")));
    }

    /** The order in which free ports are taken; {@link PortOrder#DOUBLE_HASH} if not set. */
    public LocalPortsBuilder order(PortOrder chosen) {
        order = Objects.requireNonNull(chosen, "order");
        return this;
    }

    /**
     * How many candidates one connection tries when others turn out to have them; 32 if not set, or all where there are
     * fewer. At least 1, at most as many as there are ports and source addresses for them.
     */
    public LocalPortsBuilder attempts(int count) {
        attempts = count;
        return this;
    }

    /** How long a connect may take, all attempts together, to the millisecond; zero, as if not set: as long as the system lets it. */
    public LocalPortsBuilder connectTimeout(Duration timeout) {
        connectTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /**
     * How long a port is held back, towards the same destination, after this side closed its connection. If not set: 62
     * s on Linux (its 60 s and the coarseness of its timers, measured 61.8 s), 240 s elsewhere: the longest default that
     * is documented for any Windows. Zero: nothing is held back.
     */
    public LocalPortsBuilder timeWait(Duration time) {
        timeWait = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * Holds nothing back: a port in TIME_WAIT is taken over at once. Linux lets a socket that is bound with {@code
     * SO_REUSEADDR} do that, whatever {@code tcp_tw_reuse} says, as long as the old connection used timestamps ({@code
     * tcp_timestamps}, on by default) and the peer sees them grow; where it did not, the connect is a lost race and the next port is
     * tried. What TIME_WAIT protects from (RFC 9293 section 3.6.1) is left to the timestamps (RFC 6191). Refused on other
     * systems, and with {@link PortSharing#EXCLUSIVE}.
     */
    public LocalPortsBuilder reuseTimeWait() {
        reuseTimeWait = true;
        return this;
    }

    /** Whether a port may serve several destinations at once; the default depends on the system. */
    public LocalPortsBuilder sharing(PortSharing chosen) {
        sharing = Objects.requireNonNull(chosen, "sharing");
        return this;
    }

    /** Lets code choose, one endpoint at a time; instead of a range. Nothing is remembered of what it chose. */
    public LocalPortsBuilder selector(LocalEndpointSelector chosen) {
        selector = Objects.requireNonNull(chosen, "selector");
        return this;
    }

    /**
     * Chooses no port: the system does, as ever, and only gives way. On Linux {@code SO_REUSEADDR} is set before connect,
     * so a server that starts later on that very port, and sets the option too as Java's do, can listen on it; without
     * it the bind fails for as long as the connection lasts, TIME_WAIT included. On Windows it does nothing: there the
     * option helps no server that binds by default or exclusively, and opens the port to other programs. Ports that are
     * chosen by {@link PortSharing#SHARED} give way just so.
     */
    public LocalPortsBuilder polite() {
        polite = true;
        return this;
    }

    /** How many destinations are remembered while none of their connections is open; 1,024 if not set, at least 1. */
    public LocalPortsBuilder destinations(int count) {
        destinations = count;
        return this;
    }

    /** Who is told what happens. */
    public LocalPortsBuilder metrics(LocalPortMetrics counter) {
        metrics = new HarmlessMetrics(Objects.requireNonNull(counter, "metrics"));
        return this;
    }

    /**
     * Looks at the host, and makes it so.
     *
     * @throws IllegalArgumentException with a message fit for a person, when no connection could be made like this, or a
     *     setting would have no effect
     */
    public LocalPorts build() {
        return new Plan(this).build();
    }
}

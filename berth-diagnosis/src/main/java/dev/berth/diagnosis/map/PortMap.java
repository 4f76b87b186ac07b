package dev.berth.diagnosis.map;

import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is on each port of a range, for one protocol. One byte for each port, and no object for a socket or a port.
 * Immutable once built.
 */
@SuppressWarnings("EnumOrdinal") // kinds live in an array of bytes
public final class PortMap {
    private final Protocol protocol;
    private final PortRange range;
    private final Set<PortKind> unseen;
    private final byte[] kinds; // by the port's place in the range
    private final int[] counts = new int[PortKind.values().length];

    private PortMap(Builder builder) {
        protocol = builder.protocol;
        range = builder.range;
        unseen = EnumSet.copyOf(builder.unseen);
        kinds = builder.kinds.clone();
        for (byte kind : kinds) {
            counts[kind]++;
        }
    }

    public Protocol protocol() {
        return protocol;
    }

    /** The ports it is of. */
    public PortRange range() {
        return range;
    }

    /** The strongest thing on a port of {@link #range()}. */
    public PortKind at(int port) {
        return PortKind.of(kinds[port - range.first()]);
    }

    /** How many ports are of that kind; empty where this host does not show it. */
    public OptionalInt count(PortKind kind) {
        return unseen.contains(kind) ? OptionalInt.empty() : OptionalInt.of(counts[kind.ordinal()]);
    }

    /** The last port of the run that {@code port} is in: as far as the same kind goes, and no farther than {@code last}. */
    public int endOfRun(int port, int last) {
        byte kind = kinds[port - range.first()];
        int end = port;
        while (end < last && kinds[end + 1 - range.first()] == kind) {
            end++;
        }
        return end;
    }

    /** The ports of that kind as the fewest ranges, in ascending order. */
    public List<PortRange> ranges(PortKind kind) {
        var ranges = new ArrayList<PortRange>();
        for (int port = range.first(); port <= range.last(); ) {
            int end = endOfRun(port, range.last());
            if (at(port) == kind) {
                ranges.add(new PortRange(port, end));
            }
            port = end + 1;
        }
        return ranges;
    }

    /** A map being drawn: the ground from the settings, then every socket. For one thread. */
    public static final class Builder {
        private final Protocol protocol;
        private final PortRange range;
        private final Set<PortKind> unseen = EnumSet.noneOf(PortKind.class);
        private final byte[] kinds;

        /** Starts with no socket on any port. */
        public Builder(Protocol protocol, PortRange range, Settings settings) {
            this.protocol = protocol;
            this.range = range;
            this.kinds = new byte[range.size()];
            Arrays.fill(kinds, (byte) PortKind.FREE.ordinal());
            boolean dynamicIsKnown = false;
            for (Settings.Family family : Settings.Family.values()) {
                PortPolicy policy = settings.policies().get(new Settings.Scope(protocol, family));
                if (policy != null) {
                    ground(policy);
                    dynamicIsKnown |= policy.dynamic() != null;
                }
            }
            if (!dynamicIsKnown) {
                unseen.add(PortKind.DYNAMIC);
                unseen.add(PortKind.FREE); // or dynamic: the map cannot tell
            }
            if (Reservation.unknown(settings, protocol)) {
                unseen.addAll(EnumSet.of(PortKind.RESERVED, PortKind.DYNAMIC, PortKind.FREE));
                if (settings.ofWindows()) {
                    unseen.add(PortKind.EXCLUDED);
                }
            }
        }

        private void ground(PortPolicy policy) {
            if (policy.dynamic() != null) {
                add(PortKind.DYNAMIC, policy.dynamic());
            }
            for (ExcludedRange excluded : policy.excluded()) {
                add(PortKind.EXCLUDED, excluded.range());
            }
            for (PortRange reserved : policy.reserved().ranges()) {
                add(PortKind.RESERVED, reserved);
            }
        }

        private void add(PortKind kind, PortRange ports) {
            for (int port = Math.max(ports.first(), range.first());
                    port <= Math.min(ports.last(), range.last());
                    port++) {
                add(kind, port);
            }
        }

        private void add(PortKind kind, int port) {
            int at = port - range.first();
            if (kind.ordinal() < kinds[at]) {
                kinds[at] = (byte) kind.ordinal();
            }
        }

        /** Sockets in that state are there, and this host does not show them. */
        public Builder notShowing(TcpState state) {
            unseen.add(PortKind.of(protocol, state));
            return this;
        }

        /**
         * Reads to the end of {@code part}; sockets of the other protocol or with a port outside the range, and so those
         * without a port, are passed over.
         *
         * @throws HostReadException when the source failed midway, so that the map is not whole
         */
        public Builder read(SocketCursor part) throws HostReadException {
            while (part.next()) {
                if (part.protocol() == protocol && range.contains(part.localPort())) {
                    add(PortKind.of(protocol, part.state()), part.localPort());
                }
            }
            return this;
        }

        public PortMap build() {
            return new PortMap(this);
        }
    }
}

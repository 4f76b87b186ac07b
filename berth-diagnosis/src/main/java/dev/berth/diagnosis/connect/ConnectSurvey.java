package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.InodePairs;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.net.rule.TimeWaitReuse;
import dev.berth.net.rule.TupleSpace;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over the connections to one destination leaves behind: the tuple space of each source address. Makes no
 * object for a socket. For one thread.
 */
@SuppressWarnings("EnumOrdinal") // counts by state live in an array
public final class ConnectSurvey {
    private static final int MOST_SOURCES = 64; // of a host that connects from more, nobody reads a table

    private final Endpoint destination;
    private final @Nullable IpAddress source;
    private final @Nullable PortRange dynamic;
    private final PortSet reserved;
    private final PortSet owned;
    private final TimeWaitReuse reuse;
    private final List<Use> uses = new ArrayList<>();
    private final InodePairs connections = new InodePairs(); // inode, source
    private boolean empty = true;
    private boolean sourcesLeftOut;

    /** The ports in use from one source. */
    static final class Use {
        final @Nullable IpAddress source;
        final int[] counts = new int[TcpState.COUNT];
        final int[] endings = new int[SOON_SECONDS + 1]; // TIME_WAITs by the whole seconds they have left
        private final TupleSpace.@Nullable Builder built;
        private int nextExpiry = -1;
        private boolean timersShown = true;

        private Use(@Nullable IpAddress source, TupleSpace.@Nullable Builder built) {
            this.source = source;
            this.built = built;
        }

        /** Null where the dynamic range is unknown. */
        @Nullable
        TupleSpace space() {
            return built == null ? null : built.build();
        }

        /** Milliseconds until the next TIME_WAIT ends that cannot be taken over before, or -1. */
        int nextExpiry() {
            return nextExpiry;
        }

        boolean timersShown() {
            return timersShown;
        }

        private void timeWait(int millis, boolean mayRecycle) {
            if (millis < 0) {
                timersShown = false;
            } else if (!mayRecycle) {
                endings[Math.min(millis / 1000, SOON_SECONDS)]++;
                nextExpiry = nextExpiry < 0 ? millis : Math.min(nextExpiry, millis);
            }
        }
    }

    /** TIME_WAITs that end within so many seconds are counted apart. */
    static final int SOON_SECONDS = 10;

    /**
     * @param source the only source address that counts, or null for every one that is seen
     * @param owned ports with a socket that listens, is bound, or asked for its port by number: closed to automatic choice
     */
    public ConnectSurvey(Endpoint destination, @Nullable IpAddress source, Settings settings, PortSet owned) {
        this.destination = destination;
        this.source = source;
        this.owned = owned;
        PortPolicy policy = settings.policy(Protocol.TCP);
        this.dynamic = policy.dynamic();
        this.reserved = policy.reserved();
        this.reuse = Recycling.of(settings).rule();
        if (source != null) {
            uses.add(use(source));
        }
    }

    /**
     * Reads to the end of {@code part}; rows to other destinations are passed over.
     *
     * @throws HostReadException when the source failed midway, so that the survey is not whole
     */
    public void read(SocketCursor part) throws HostReadException {
        while (part.next()) {
            if (part.protocol() == Protocol.TCP
                    && part.remotePort() == destination.port()
                    && part.remoteLow() == destination.address().low()
                    && part.remoteHigh() == destination.address().high()) {
                add(part);
            }
        }
    }

    private void add(SocketRow row) {
        empty = false;
        int at = indexOf(row);
        int port = row.localPort();
        if (at < 0 || owned.contains(port) || dynamic != null && (!dynamic.contains(port) || reserved.contains(port))) {
            return;
        }
        Use use = uses.get(at);
        boolean timeWait = row.state() == TcpState.TIME_WAIT;
        boolean mayRecycle = timeWait && reuse.allows(row.localAddress(), destination.address(), row.expiresInMillis());
        use.counts[row.state().ordinal()]++;
        if (use.built != null) {
            use.built.taken(port, mayRecycle);
        }
        if (timeWait) {
            use.timeWait(row.expiresInMillis(), mayRecycle);
        }
        if (row.inode() != 0) {
            connections.add(row.inode(), at);
        }
    }

    private int indexOf(SocketRow row) {
        for (int at = 0; at < uses.size(); at++) {
            IpAddress known = uses.get(at).source;
            if (known != null && known.low() == row.localLow() && known.high() == row.localHigh()) {
                return at;
            }
        }
        if (source != null) {
            return -1;
        }
        if (uses.size() == MOST_SOURCES) {
            sourcesLeftOut = true;
            return -1;
        }
        uses.add(use(row.localAddress()));
        return uses.size() - 1;
    }

    private Use use(@Nullable IpAddress from) {
        if (dynamic == null) {
            return new Use(from, null);
        }
        var space = TupleSpace.over(dynamic, reserved);
        owned.ports().forEach(space::closed);
        return new Use(from, space);
    }

    /** Adds the sockets whose owners the diagnosis will ask for. */
    public void addInodesTo(InodeSet inodes) {
        for (int i = 0; i < connections.size(); i++) {
            inodes.add(connections.inode(i));
        }
    }

    /** Whether no connection to the destination was read. */
    public boolean isEmpty() {
        return empty;
    }

    /** One for each source; where there is no source at all, the one of a source that is not known. */
    List<Use> uses() {
        return uses.isEmpty() ? List.of(use(null)) : List.copyOf(uses);
    }

    InodePairs connections() {
        return connections;
    }

    boolean sourcesLeftOut() {
        return sourcesLeftOut;
    }

    PortSet owned() {
        return owned;
    }

    Endpoint destination() {
        return destination;
    }
}

package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.survey.InodePairs;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.net.rule.Origin;
import dev.berth.net.rule.TimeWaitReuse;
import dev.berth.net.rule.TupleSpace;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets that own a port and then the connections to one destination leave behind: the tuple space of each source
 * address. Makes no object for a connection that drew its port. For one thread.
 */
@SuppressWarnings("EnumOrdinal") // counts by state live in an array
public final class ConnectSurvey {
    private static final int MOST_SOURCES = 64; // of a host that connects from more, nobody reads a table

    private final Endpoint destination;
    private final @Nullable IpAddress source;
    private final @Nullable PortRange dynamic;
    private final PortSet reserved;
    private final BitSet listened = new BitSet();
    private final BitSet closed = new BitSet(); // to automatic choice, whatever else is on the port
    private final BitSet owned = new BitSet();
    private final boolean onWindows;
    private final BitSet connected = new BitSet(); // ports of any connection, wherever it goes; on Windows only
    private final InodeSet owners = new InodeSet(); // of connections, and the cookie instead of the inode
    private final TupleSpace.@Nullable Builder everySource; // sockets that count for each of them
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
        private final TupleSpace.@Nullable Builder towards;
        private int nextExpiry = -1;
        private boolean timersShown = true;

        private Use(@Nullable IpAddress source, TupleSpace.@Nullable Builder towards) {
            this.source = source;
            this.towards = towards;
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
     */
    public ConnectSurvey(Endpoint destination, @Nullable IpAddress source, Settings settings) {
        this.destination = destination;
        this.source = source;
        PortPolicy policy = settings.policy(Protocol.TCP);
        this.dynamic = policy.dynamic();
        this.reserved = policy.reserved().plus(policy.excludedBySystem());
        this.onWindows = settings.ofWindows();
        this.reuse = Recycling.of(settings).rule();
        this.everySource = nothingYet();
    }

    /**
     * Reads to the end of {@code part}: sockets that listen, are bound, or asked for their port by number. All of them come
     * before the first {@link #read}.
     *
     * @throws HostReadException when the source failed midway, so that the survey is not whole
     */
    public void readOwners(SocketCursor part) throws HostReadException {
        while (part.next()) {
            TcpState state = part.state();
            int port = part.localPort();
            owned.set(port);
            listened.set(port, listened.get(port) || state == TcpState.LISTEN);
            if (state == TcpState.LISTEN || state == TcpState.BOUND) {
                closed.set(port);
            } else {
                owners.add(part.cookie());
            }
            if (everySource != null) {
                everySource.socket(port, state, Origin.OWNED, false, false);
            }
        }
    }

    /**
     * Whether connections to other destinations count as well. On Windows each may have its port to itself; on Linux one that owns its port may share it with them, and then does
     * not close it for sure.
     */
    public boolean wantsEveryConnection() {
        return onWindows || ownersShare();
    }

    private boolean ownersShare() {
        return dynamic != null
                && !PortSet.of(owned)
                        .minus(PortSet.of(closed))
                        .minus(reserved)
                        .intersect(PortSet.of(dynamic))
                        .isEmpty();
    }

    /**
     * Reads to the end of {@code part}: connections to the destination, and to others where they count.
     *
     * @throws HostReadException when the source failed midway, so that the survey is not whole
     */
    public void read(SocketCursor part) throws HostReadException {
        while (part.next()) {
            if (part.protocol() != Protocol.TCP) {
                continue;
            }
            if (onWindows && part.remotePort() != 0) {
                connected.set(part.localPort());
            }
            boolean drawn = !owners.contains(part.cookie());
            if (drawn && everySource != null) {
                everySource.socket(part.localPort(), part.state(), Origin.AUTOMATIC, false, false);
            }
            if (part.remotePort() == destination.port()
                    && part.remoteLow() == destination.address().low()
                    && part.remoteHigh() == destination.address().high()) {
                add(part, drawn);
            }
        }
    }

    private void add(SocketRow row, boolean drawn) {
        empty = false;
        int at = indexOf(row);
        int port = row.localPort();
        if (at < 0 || !drawn || closed.get(port) || isOutside(port)) {
            return;
        }
        Use use = uses.get(at);
        boolean mayRecycle = reuse.allows(row.localAddress(), destination.address(), row.expiresInMillis());
        use.counts[row.state().ordinal()]++;
        if (use.towards != null) {
            use.towards.socket(port, row.state(), Origin.AUTOMATIC, true, mayRecycle);
        }
        if (row.state() == TcpState.TIME_WAIT) {
            use.timeWait(row.expiresInMillis(), mayRecycle);
        }
        if (row.inode() != 0) {
            connections.add(row.inode(), at);
        }
    }

    private boolean isOutside(int port) {
        return dynamic != null && (!dynamic.contains(port) || reserved.contains(port));
    }

    private int indexOf(SocketRow row) {
        for (int at = 0; at < uses.size(); at++) {
            IpAddress known = uses.get(at).source;
            if (known != null && known.low() == row.localLow() && known.high() == row.localHigh()) {
                return at;
            }
        }
        if (source != null && (source.low() != row.localLow() || source.high() != row.localHigh())) {
            return -1;
        }
        if (uses.size() == MOST_SOURCES) {
            sourcesLeftOut = true;
            return -1;
        }
        uses.add(new Use(row.localAddress(), nothingYet()));
        return uses.size() - 1;
    }

    private TupleSpace.@Nullable Builder nothingYet() {
        return dynamic == null ? null : TupleSpace.over(dynamic, reserved);
    }

    /** What {@code use} has left of the dynamic range; null where that is unknown. */
    @Nullable
    TupleSpace space(Use use) {
        TupleSpace.Builder space = nothingYet();
        return space == null || everySource == null || use.towards == null
                ? null
                : space.addAll(everySource).addAll(use.towards).build();
    }

    /** The ports that are left even if no two connections share one; of Windows only. */
    PortSet unconnected(TupleSpace space) {
        return space.usable().minus(PortSet.of(connected));
    }

    boolean onWindows() {
        return onWindows;
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

    /** One for each source; where nothing is connected, the one of the source asked about, or of one that is not known. */
    List<Use> uses() {
        return uses.isEmpty() ? List.of(new Use(source, nothingYet())) : List.copyOf(uses);
    }

    InodePairs connections() {
        return connections;
    }

    boolean sourcesLeftOut() {
        return sourcesLeftOut;
    }

    /** Ports with a socket that listens, is bound, or asked for its port by number. */
    PortSet owned() {
        return PortSet.of(owned);
    }

    /** Ports with a listener. */
    PortSet listened() {
        return PortSet.of(listened);
    }

    Endpoint destination() {
        return destination;
    }
}

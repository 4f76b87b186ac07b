package dev.berth.diagnosis.survey;

import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over the TCP sockets of a host leaves behind for a {@link Checkup}: counts, tuple spaces, and the few
 * sockets that are remarkable by themselves. Keeps no row of the others and makes no object for them. For one thread;
 * several threads fill one each and {@link #merge} them.
 */
@SuppressWarnings("EnumOrdinal") // counts by state live in an array
public final class Survey {
    private static final int A_SECOND = 1000;

    private final boolean[] drawn = new boolean[PortRange.ALL.last() + 1]; // ports whose connections count
    private final boolean[] listening = new boolean[PortRange.ALL.last() + 1];
    private final int preferredParity;
    private final int[] counts = new int[TcpState.COUNT];
    private final Spaces spaces = new Spaces();
    private final Tally tally = new Tally();
    private final Closes closes = new Closes(); // by space
    private final Served served = new Served();
    private final FormerServers formerServers;
    private final int takenOverBelow; // milliseconds left
    private final @Nullable FirstLook before;
    private final InodePairs connections = new InodePairs(); // inode, space
    private final PortColumn localPorts = new PortColumn(); // of connections, in their order
    private final List<Sighting> listeners = new ArrayList<>();
    private final List<Sighting> boundOnly = new ArrayList<>();
    private final List<Sighting> selfConnects = new ArrayList<>();
    private final BitSet ownedPorts = new BitSet();
    private final BitSet connectedPorts = new BitSet();

    /** A socket that matters by itself. */
    public record Sighting(Endpoint local, long inode) {}

    /** One look, where a TIME_WAIT may be taken over after a second, if at all: what kernels do unless told otherwise. */
    public Survey(PortPolicy tcpPolicy, PortSet listenerPorts) {
        this(tcpPolicy, listenerPorts, A_SECOND, null);
    }

    /**
     * @param tcpPolicy which ports automatic choice draws from
     * @param listenerPorts the ports with a TCP listener: connections on them came in, and cost no dynamic port
     * @param takenOverAfterMillis how old a TIME_WAIT must be to be taken over, where the settings allow that at all
     * @param before the first look, of which this is the second
     */
    public Survey(PortPolicy tcpPolicy, PortSet listenerPorts, int takenOverAfterMillis, @Nullable FirstLook before) {
        this.takenOverBelow = LastMinute.SECONDS * A_SECOND - takenOverAfterMillis;
        this.before = before;
        PortRange dynamic = tcpPolicy.dynamic();
        formerServers = new FormerServers(dynamic);
        preferredParity = dynamic == null ? 0 : dynamic.first() & 1;
        tcpPolicy.drawable().ports().forEach(port -> drawn[port] = true);
        listenerPorts.ports().forEach(port -> {
            drawn[port] = false;
            listening[port] = true;
            ownedPorts.set(port);
        });
    }

    /**
     * Takes note of ports that sockets are bound to by number, which closes them to automatic choice. Tell it before
     * {@link #read}, and their connections are left out of the tuple spaces as well.
     */
    public void explicitPorts(PortSet ports) {
        ports.ports().forEach(port -> {
            drawn[port] = false;
            ownedPorts.set(port);
        });
    }

    /**
     * Reads to the end of {@code part}; rows other than TCP are passed over.
     *
     * @throws HostReadException when the source failed midway, so that the survey is not whole
     */
    public void read(SocketCursor part) throws HostReadException {
        while (part.next()) {
            if (part.protocol() == Protocol.TCP) {
                add(part);
            }
        }
    }

    private void add(SocketRow row) {
        TcpState state = row.state();
        counts[state.ordinal()]++;
        switch (state) {
            case LISTEN -> {
                listeners.add(sighting(row));
                ownedPorts.set(row.localPort());
            }
            case BOUND -> {
                boundOnly.add(sighting(row));
                ownedPorts.set(row.localPort());
            }
            case TIME_WAIT -> addTimeWait(row);
            case ESTABLISHED, SYN_SENT, SYN_RECV, FIN_WAIT1, FIN_WAIT2, CLOSE_WAIT, LAST_ACK, CLOSING -> addLiving(row);
        }
    }

    private void addLiving(SocketRow row) {
        if (row.isSelfConnect()) {
            selfConnects.add(sighting(row));
        }
        int space = addConnection(row);
        if (space >= 0 && before != null && !before.living().has(row)) {
            tally.add(space, Tally.OPENED);
        }
    }

    private void addTimeWait(SocketRow row) {
        int remaining = row.expiresInMillis();
        int space = addConnection(row);
        if (space >= 0) {
            addTimeWait(row, space, remaining);
        } else if (listening[row.localPort()]) {
            served.add(row.localPort(), remaining);
        }
    }

    private void addTimeWait(SocketRow row, int space, int remaining) {
        tally.add(space, Tally.TIME_WAIT);
        if (remaining < 0) {
            return;
        }
        tally.add(space, Tally.TIMED);
        if (remaining > 0) { // else its time is over, and nobody knows since when
            closes.add(space, remaining);
        }
        if (remaining < takenOverBelow) {
            tally.add(space, Tally.AGED);
            if ((row.localPort() & 1) == preferredParity) {
                tally.add(space, Tally.AGED_PREFERRED);
            }
        }
        if (before != null && before.closedSince(remaining) && !before.living().hadTupleOf(row)) {
            tally.add(space, Tally.OPENED);
        }
    }

    /** The space it belongs to, or -1 where its port is none of automatic choice. */
    private int addConnection(SocketRow row) {
        int port = row.localPort();
        if (!drawn[port]) {
            return -1;
        }
        connectedPorts.set(port);
        int space = spaces.number(row.localHigh(), row.localLow(), row.remoteHigh(), row.remoteLow(), row.remotePort());
        tally.reach(space);
        formerServers.add(space, tally.inUse(space) == 0, port, row.remotePort());
        tally.add(space, Tally.IN_USE);
        if ((port & 1) == preferredParity) {
            tally.add(space, Tally.PREFERRED);
        }
        long inode = row.inode();
        if (inode != 0) {
            connections.add(inode, space);
            localPorts.add(port);
        }
        return space;
    }

    private static Sighting sighting(SocketRow row) {
        return new Sighting(row.local(), row.inode());
    }

    /** Adds what another survey of the same host, made with the same policy and listeners, has read of other rows. */
    public void merge(Survey other) {
        for (int state = 0; state < counts.length; state++) {
            counts[state] += other.counts[state];
        }
        int[] spaceHere = spaces.addAll(other.spaces);
        for (int there = 0; there < spaceHere.length; there++) {
            int here = spaceHere[there];
            tally.reach(here);
            formerServers.addSpace(here, tally.inUse(here) == 0, other.formerServers, there);
            tally.addAll(here, other.tally, there);
            closes.addAll(here, other.closes, there);
        }
        formerServers.addCounts(other.formerServers);
        served.merge(other.served);
        connections.addAll(other.connections, spaceHere);
        localPorts.addAll(other.localPorts);
        listeners.addAll(other.listeners);
        boundOnly.addAll(other.boundOnly);
        selfConnects.addAll(other.selfConnects);
        ownedPorts.or(other.ownedPorts);
        connectedPorts.or(other.connectedPorts);
    }

    /** Adds the sockets whose owners the checkup will ask for. */
    public void addInodesTo(InodeSet inodes) {
        connections.addInodesTo(inodes);
        for (List<Sighting> sightings : List.of(listeners, boundOnly, selfConnects)) {
            sightings.forEach(sighting -> inodes.add(sighting.inode()));
        }
    }

    public int count(TcpState state) {
        return counts[state.ordinal()];
    }

    public Spaces spaces() {
        return spaces;
    }

    public Tally tally() {
        return tally;
    }

    /** By tuple space. */
    public Closes closes() {
        return closes;
    }

    /** What this side closed as a server that still listens. */
    public Served served() {
        return served;
    }

    /** What this side closed as a server whose listener has gone: inferred, see {@link FormerServers}. */
    public Served servedFormerly() {
        var formerly = new Served();
        BitSet theirs = spacesOfFormerServers();
        for (int space = theirs.nextSetBit(0); space >= 0; space = theirs.nextSetBit(space + 1)) {
            formerly.addSpace(formerServers.only(space), tally, closes, space);
        }
        return formerly;
    }

    /** The tuple spaces that are none, for their connections came in on a port whose listener has gone. */
    public BitSet spacesOfFormerServers() {
        BitSet ports = formerServers.ports(listenerPorts());
        var theirs = new BitSet();
        for (int space = 0; !ports.isEmpty() && space < spaces.size(); space++) {
            theirs.set(space, ports.get(formerServers.only(space)));
        }
        return theirs;
    }

    /** What this look is the second after; null where it is the only one. */
    public @Nullable FirstLook before() {
        return before;
    }

    public InodePairs connections() {
        return connections;
    }

    /** The local port of each of {@link #connections}. */
    public PortColumn localPorts() {
        return localPorts;
    }

    public List<Sighting> listeners() {
        return listeners;
    }

    /** TIME_WAITs that carry a timer, of connections which the listener of that port had accepted and closed first. */
    public int servedTimeWaits(int port) {
        return served.timedOn(port);
    }

    public List<Sighting> boundOnly() {
        return boundOnly;
    }

    public List<Sighting> selfConnects() {
        return selfConnects;
    }

    /** Ports with a listener. */
    public PortSet listenerPorts() {
        var ports = new BitSet();
        for (int port = 0; port < listening.length; port++) {
            ports.set(port, listening[port]);
        }
        listeners.forEach(listener -> ports.set(listener.local().port()));
        return PortSet.of(ports);
    }

    /** Ports of automatic choice that any connection has, wherever it goes. */
    public PortSet connectedPorts() {
        return PortSet.of(connectedPorts);
    }

    /** Ports with a listening, bound or explicit owner on any address, or with connections that a listener has left. */
    public PortSet ownedPorts() {
        return PortSet.of(ownedPorts).plus(PortSet.of(formerServers.ports(listenerPorts())));
    }
}

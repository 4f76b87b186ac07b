package dev.berth.diagnosis.survey;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells the ports of the dynamic range whose listener has gone from those of clients. The connections that a server leaves
 * behind have one local port and many different ones at the other end, each drawn by a client; each would be a destination
 * of its own.
 *
 * <p>A client's port is shared between destinations too, but those have a service's port, and no local port has many more
 * of them than the others. So a port is a former server's where it has more than {@link #FEWEST} connections whose other
 * end is a port that clients draw, and {@link #CLEARLY_MORE} times as many as the other ports have on average.
 */
final class FormerServers {
    /** Where Linux starts to draw ports unless told otherwise; others start later (RFC 6335: 49152). */
    private static final int CLIENTS_DRAW_FROM = 32_768;

    private static final int FEWEST = 16;
    private static final int CLEARLY_MORE = 10;

    private final @Nullable PortRange dynamic;
    private final int[] calls; // by local port: those from a port that clients draw
    private char[] only = new char[64]; // by tuple space: its local port, 0 where it has several

    FormerServers(@Nullable PortRange dynamic) {
        this.dynamic = dynamic;
        this.calls = new int[dynamic == null ? 0 : dynamic.size()];
    }

    /**
     * Counts a connection on a port of the dynamic range.
     *
     * @param isFirst whether nothing was seen of the space before
     */
    void add(int space, boolean isFirst, int localPort, int remotePort) {
        addPort(space, isFirst, localPort);
        if (dynamic != null && (remotePort >= CLIENTS_DRAW_FROM || dynamic.contains(remotePort))) {
            calls[localPort - dynamic.first()]++;
        }
    }

    /** Adds the ports of the space that {@code other} has under the number {@code there}. */
    void addSpace(int space, boolean isFirst, FormerServers other, int there) {
        addPort(space, isFirst, other.only[there]);
    }

    /** Adds the counts of {@code other}; its spaces come one by one. */
    void addCounts(FormerServers other) {
        for (int i = 0; i < calls.length; i++) {
            calls[i] += other.calls[i];
        }
    }

    private void addPort(int space, boolean isFirst, int port) {
        if (space >= only.length) {
            only = Arrays.copyOf(only, Math.max(space + 1, only.length * 2));
        }
        only[space] = (char) (isFirst || only[space] == port ? port : 0);
    }

    /** The only local port of a space; 0 where it has several. */
    int only(int space) {
        return only[space];
    }

    /** The ports without {@code listened} that have so many connections as only a server has. */
    BitSet ports(PortSet listened) {
        var ports = new BitSet();
        if (dynamic == null) {
            return ports;
        }
        long all = 0;
        for (int count : calls) {
            all += count;
        }
        for (int i = 0; i < calls.length; i++) {
            double others = (double) (all - calls[i]) / calls.length;
            if (calls[i] > FEWEST && calls[i] > CLEARLY_MORE * others && !listened.contains(dynamic.first() + i)) {
                ports.set(dynamic.first() + i);
            }
        }
        return ports;
    }
}

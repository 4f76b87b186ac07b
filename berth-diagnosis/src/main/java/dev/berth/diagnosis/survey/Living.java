package dev.berth.diagnosis.survey;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketRow;
import java.util.Arrays;

/**
 * The connections of a first look, so that a second one can tell which are new: open addressing over arrays of primitives,
 * 32 bytes for a connection. TIME_WAIT needs no place in it, for its timer says since when it is there.
 *
 * <p>A connection is recognised by its four-tuple and, while it lives, by its cookie: the kernel gives a TIME_WAIT another
 * one than the connection had ({@code inet_twsk_alloc} in net/ipv4/inet_timewait_sock.c).
 */
public final class Living {
    private final Spaces spaces = new Spaces();
    private long[] tuples = new long[128]; // (space + 1) << 16 | port, so that 0 is an empty slot
    private long[] identities = new long[128];
    private int[] counts = new int[64];
    private int size;
    private final PortSet ports;

    /**
     * @param ports whose connections count: those of automatic choice
     */
    public Living(PortSet ports) {
        this.ports = ports;
    }

    /**
     * Reads to the end of {@code part}, which has no TIME_WAITs; rows other than TCP are passed over.
     *
     * @throws HostReadException when the source failed midway, so that this is not whole
     */
    public void read(SocketCursor part) throws HostReadException {
        while (part.next()) {
            if (part.protocol() == Protocol.TCP && ports.contains(part.localPort())) {
                int space = spaces.number(
                        part.localHigh(), part.localLow(), part.remoteHigh(), part.remoteLow(), part.remotePort());
                add(tuple(space, part.localPort()), identity(part));
            }
        }
    }

    /** Takes in what another thread has read of other rows. */
    public void merge(Living other) {
        int[] here = spaces.addAll(other.spaces);
        for (int at = 0; at < other.tuples.length; at++) {
            long tuple = other.tuples[at];
            if (tuple != 0) {
                add(tuple(here[(int) (tuple >>> 16) - 1], (int) tuple & 0xffff), other.identities[at]);
            }
        }
    }

    private void add(long tuple, long identity) {
        int at = slot(tuple);
        identities[at] = identity;
        if (tuples[at] != 0) { // ended and opened again while the table was read
            return;
        }
        tuples[at] = tuple;
        if (++size * 2 > tuples.length) {
            grow();
        }
        int space = (int) (tuple >>> 16) - 1;
        if (space >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(space + 1, counts.length * 2));
        }
        counts[space]++;
    }

    /** Whether this living connection was there: the very one, and no other with its four-tuple. */
    boolean has(SocketRow living) {
        int space = space(living);
        if (space < 0) {
            return false;
        }
        int at = slot(tuple(space, living.localPort()));
        return tuples[at] != 0 && identities[at] == identity(living);
    }

    /** Whether a connection with the four-tuple of this TIME_WAIT was there. */
    boolean hadTupleOf(SocketRow timeWait) {
        int space = space(timeWait);
        return space >= 0 && tuples[slot(tuple(space, timeWait.localPort()))] != 0;
    }

    private int space(SocketRow row) {
        return spaces.find(row.localHigh(), row.localLow(), row.remoteHigh(), row.remoteLow(), row.remotePort());
    }

    /** How many connections there were in the space with that number in {@code of}. */
    public int count(Spaces of, int number) {
        int space = spaces.find(
                of.sourceHigh(number),
                of.sourceLow(number),
                of.destinationHigh(number),
                of.destinationLow(number),
                of.port(number));
        return space < 0 ? 0 : counts[space];
    }

    private static long tuple(int space, int port) {
        return space + 1L << 16 | port;
    }

    /** The cookie; the inode where the source tells none. */
    private static long identity(SocketRow row) {
        return row.cookie() != 0 ? row.cookie() : row.inode();
    }

    private int slot(long tuple) {
        int mask = tuples.length - 1;
        int at = (int) (tuple * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (tuples[at] != 0 && tuples[at] != tuple) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldTuples = tuples;
        long[] oldIdentities = identities;
        tuples = new long[oldTuples.length * 2];
        identities = new long[tuples.length];
        for (int old = 0; old < oldTuples.length; old++) {
            if (oldTuples[old] != 0) {
                int at = slot(oldTuples[old]);
                tuples[at] = oldTuples[old];
                identities[at] = oldIdentities[old];
            }
        }
    }
}

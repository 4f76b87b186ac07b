package dev.berth.windows.sockets;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows read in place from the tables of iphlpapi, one table after another. */
final class TableCursor implements SocketCursor {
    private static final int SPECIFIC_PORT_BIND = 1; // bit 0 of dwFlags of a UDP row
    private static final int SYSTEM = 4;

    private final Iterator<ReadTable> tables;
    private final SocketQuery query;
    private final Makers makers;

    private ReadTable table = ReadTable.EMPTY;
    private int nextRow;
    private int row; // where the current one starts
    private TcpState state = TcpState.BOUND;

    TableCursor(List<ReadTable> tables, SocketQuery query, Makers makers) {
        this.tables = tables.iterator();
        this.query = query;
        this.makers = makers;
    }

    @Override
    public boolean next() {
        while (true) {
            if (nextRow == table.rows) {
                if (!tables.hasNext()) {
                    return false;
                }
                table = tables.next();
                nextRow = 0;
            } else if (moveTo(nextRow++)) {
                return true;
            }
        }
    }

    private boolean moveTo(int index) {
        row = table.layout.first + index * table.layout.size;
        TcpState known = stateOfRow();
        if (known == null) {
            return false;
        }
        state = known;
        return query.matches(this) && (query.origin() == PortOrigin.ANY || askedForByNumber());
    }

    private @Nullable TcpState stateOfRow() {
        if (table.layout.state == RowLayout.NONE) {
            return TcpState.BOUND; // UDP: the table does not tell which are connected
        }
        int number = table.bytes.getInt(row + table.layout.state);
        return table.table.bound() ? StateNumber.ofBound(number) : StateNumber.of(number);
    }

    /** Whether the table shows that the port was: a listener's is closed to automatic choice in any case. */
    private boolean askedForByNumber() {
        return table.layout.flags == RowLayout.NONE
                ? state == TcpState.LISTEN
                : (table.bytes.getInt(row + table.layout.flags) & SPECIFIC_PORT_BIND) != 0;
    }

    /** Not so of a row whose remote members mean nothing. */
    private boolean hasRemote() {
        return table.layout.remoteAddress != RowLayout.NONE && state != TcpState.LISTEN && state != TcpState.BOUND;
    }

    @Override
    public Protocol protocol() {
        return table.table.protocol();
    }

    @Override
    public TcpState state() {
        return state;
    }

    @Override
    public long localHigh() {
        return high(table.layout.localAddress);
    }

    @Override
    public long localLow() {
        return low(table.layout.localAddress);
    }

    @Override
    public int localPort() {
        return port(table.layout.localPort);
    }

    @Override
    public long remoteHigh() {
        return hasRemote() ? high(table.layout.remoteAddress) : 0;
    }

    @Override
    public long remoteLow() {
        return hasRemote() ? low(table.layout.remoteAddress) : table.table.v6() ? 0 : IpAddress.lowOfV4(0);
    }

    @Override
    public int remotePort() {
        return hasRemote() ? port(table.layout.remotePort) : 0;
    }

    private long high(int member) {
        return table.table.v6() ? table.network.getLong(row + member) : 0;
    }

    private long low(int member) {
        return table.table.v6()
                ? table.network.getLong(row + member + Long.BYTES)
                : IpAddress.lowOfV4(table.network.getInt(row + member));
    }

    /** The first two bytes of a DWORD; what is in the others means nothing. */
    private int port(int member) {
        return Short.toUnsignedInt(table.network.getShort(row + member));
    }

    /** An {@link OwnerKey}. */
    @Override
    public long inode() {
        long owner = owner();
        boolean passedOn = hasOwner() && made() > 0 && makers.startedAfter((int) owner, made());
        return passedOn ? OwnerKey.passedOn(owner) : owner;
    }

    /** Whether a process of a program is named: ids up to 4 are the kernel's, and nobody else is ever given them. */
    boolean hasOwner() {
        return owner() > SYSTEM;
    }

    private long owner() {
        return Integer.toUnsignedLong(table.bytes.getInt(row + table.layout.owner));
    }

    /** When the socket was bound, as FILETIME; 0 where that is not told. */
    long made() {
        return table.layout.created == RowLayout.NONE ? 0 : table.bytes.getLong(row + table.layout.created);
    }

    /**
     * Made of the ends, the owner and the time of the bind, and never 0. Where the table has no time, a later socket between
     * the same ends with the same owner cannot be told from this one.
     */
    @Override
    public long cookie() {
        long mix = mix(made());
        mix = mix(mix ^ owner());
        mix = mix(mix ^ localHigh());
        mix = mix(mix ^ localLow());
        mix = mix(mix ^ remoteHigh());
        mix = mix(mix ^ remoteLow());
        mix = mix(mix
                ^ ((long) localPort() << 32
                        | remotePort() << 8
                        | protocol().label().charAt(0)));
        return mix == 0 ? 1 : mix;
    }

    /** Spreads every bit over all of them: the finalizer of SplitMix64. */
    private static long mix(long value) {
        long spread = (value ^ value >>> 30) + 0x9E3779B97F4A7C15L;
        spread = (spread ^ spread >>> 30) * 0xBF58476D1CE4E5B9L;
        spread = (spread ^ spread >>> 27) * 0x94D049BB133111EBL;
        return spread ^ spread >>> 31;
    }

    @Override
    public long cgroup() {
        return 0;
    }

    @Override
    public int uid() {
        return -1; // users have no numbers here
    }

    @Override
    public int expiresInMillis() {
        return -1;
    }

    @Override
    public long receiveQueue() {
        return 0;
    }

    @Override
    public long sendQueue() {
        return state == TcpState.LISTEN ? -1 : 0;
    }

    /** The interface of a link-local address, which is one with it only. */
    @Override
    public int device() {
        boolean linkLocal = localHigh() >>> 54 == 0xfe80 >>> 6; // fe80::/10
        return linkLocal && table.layout.localScope != RowLayout.NONE
                ? table.bytes.getInt(row + table.layout.localScope)
                : 0;
    }

    @Override
    public boolean v6Only() {
        return false;
    }
}

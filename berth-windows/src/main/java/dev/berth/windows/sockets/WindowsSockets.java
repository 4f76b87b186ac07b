package dev.berth.windows.sockets;

import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.SocketTable.Rows;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sockets of a Windows: a table for each protocol and family, and the undocumented ones of bound sockets where there are. */
public final class WindowsSockets {
    private final WindowsSystem system;
    private final SocketQuery query;
    private final List<ReadTable> tables = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private @Nullable String missed; // why the last table is missing

    private WindowsSockets(WindowsSystem system, SocketQuery query) {
        this.system = system;
        this.query = query;
    }

    /**
     * Reads the tables.
     *
     * @throws HostReadException when there is none
     */
    public static SocketDump dump(WindowsSystem system, SocketQuery query) throws HostReadException {
        var sockets = new WindowsSockets(system, query);
        if (query.protocols().contains(Protocol.TCP)) {
            sockets.readTcp();
        }
        if (query.protocols().contains(Protocol.UDP)) {
            sockets.readUdp();
        }
        if (query.origin() == PortOrigin.EXPLICIT) {
            query.protocols().forEach(sockets::checkOrigins);
        }
        if (sockets.namesOwnersWithoutTimes()) {
            sockets.gaps.add(new Gap(
                    "whether the processes named made these sockets themselves",
                    "Windows does not tell when each socket was made, and gives the id of a process that has ended to"
                            + " another"));
        }
        if (sockets.tables.isEmpty() && sockets.missed != null) {
            throw sockets.nothingRead(sockets.missed);
        }
        return sockets.new Dump();
    }

    /** Whether TCP sockets that are bound and nothing else can be seen. */
    public static boolean showsBound(WindowsSystem system) {
        try {
            return system.sockets(bound(false)) != null;
        } catch (WindowsErrorException e) {
            return false;
        }
    }

    private static SocketTable bound(boolean v6) {
        return new SocketTable(Protocol.TCP, v6, Rows.ROW2, true);
    }

    private void readTcp() {
        read(Protocol.TCP, false);
        read(Protocol.TCP, true);
        if (query.states().contains(TcpState.BOUND)) {
            readBound();
        }
        if (hasTimeWait()) {
            gaps.add(new Gap("when TIME_WAIT ends", "the tables of Windows carry no timers"));
        }
    }

    private void readUdp() {
        if (query.states().contains(TcpState.BOUND)) {
            read(Protocol.UDP, false);
            read(Protocol.UDP, true);
        }
        if (query.states().contains(TcpState.ESTABLISHED)) {
            gaps.add(new Gap(
                    "which UDP sockets are connected, and to where",
                    "the tables of Windows have no remote ends of UDP"));
        }
    }

    /** With the time each socket was made where this Windows tells it. */
    private void read(Protocol protocol, boolean v6) {
        String what = protocol + " sockets over " + family(v6);
        var rich = new SocketTable(protocol, v6, Rows.OWNER_MODULE, false);
        var poor = new SocketTable(protocol, v6, Rows.OWNER_PID, false);
        try {
            if (!add(rich) && !add(poor)) {
                missed(
                        what,
                        system.recorded() ? "the recording does not hold them" : "this Windows has no table of them");
            }
        } catch (WindowsErrorException e) {
            missed(what, e);
        }
    }

    private void readBound() {
        String what = "TCP sockets that are bound and neither listen nor connect";
        try {
            if (add(bound(false))) {
                add(bound(true));
            } else {
                gaps.add(new Gap(
                        what,
                        "this Windows has no table of them for programs; `netstat -q` and Get-NetTCPConnection"
                                + " show them"));
            }
        } catch (WindowsErrorException e) {
            missed(what, e);
        }
    }

    /** @return false where there is no such table */
    private boolean add(SocketTable table) throws WindowsErrorException {
        byte[] raw = rawOf(table);
        if (raw == null) {
            return false;
        }
        var read = new ReadTable(table, raw);
        tables.add(read);
        if (read.cut()) {
            gaps.add(new Gap(
                    table.protocol() + " sockets over " + family(table.v6()),
                    "their table was cut off: it has " + read.rows + " of " + read.claimed + " rows"));
        }
        return true;
    }

    /** Null where there is no such table, or no such kind of rows. */
    private byte @Nullable [] rawOf(SocketTable table) throws WindowsErrorException {
        try {
            return system.sockets(table);
        } catch (WindowsErrorException e) {
            boolean lacking = e.number() == WindowsErrorException.NOT_SUPPORTED
                    || e.number() == WindowsErrorException.INVALID_PARAMETER;
            if (lacking && table.rows() != Rows.OWNER_PID) {
                return null;
            }
            throw e;
        }
    }

    private void missed(String what, WindowsErrorException e) {
        missed(what, String.valueOf(e.getMessage()));
    }

    private void missed(String what, String why) {
        missed = why;
        gaps.add(new Gap(what, why));
    }

    private HostReadException nothingRead(String why) {
        return system.recorded()
                ? new HostReadException(
                        Kind.BAD_INPUT, "cannot read the sockets of this recording", why, "ask for a new recording")
                : new HostReadException(
                        Kind.NOT_ON_THIS_SYSTEM,
                        "cannot read the sockets of this host",
                        why,
                        "run `netstat -ano` to see whether Windows itself can");
    }

    private static String family(boolean v6) {
        return v6 ? "IPv6" : "IPv4";
    }

    private void checkOrigins(Protocol protocol) {
        boolean silent = tables.stream()
                .anyMatch(read -> read.table.protocol() == protocol && read.layout.flags == RowLayout.NONE);
        if (silent) {
            gaps.add(new Gap(
                    "which " + protocol + " ports were asked for by number, but for listeners",
                    "the tables of Windows do not tell"));
        }
    }

    private boolean namesOwnersWithoutTimes() {
        TableCursor rows = cursor(query);
        while (rows.next()) {
            if (rows.hasOwner() && rows.made() == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean hasTimeWait() {
        return query.states().contains(TcpState.TIME_WAIT)
                && cursor(query.with(EnumSet.of(TcpState.TIME_WAIT))).next();
    }

    private TableCursor cursor(SocketQuery rows) {
        return new TableCursor(tables, rows, new Makers(system));
    }

    private final class Dump implements SocketDump {
        @Override
        public List<TableCursor> parts() {
            return List.of(cursor(query));
        }

        @Override
        public List<Gap> gaps() {
            return List.copyOf(gaps);
        }

        @Override
        public void close() {
            // the tables are ours
        }
    }
}

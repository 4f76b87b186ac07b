package dev.berth.linux.sockets;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a query in two, so that two threads can read at once. Each row falls to one side by the higher of its two ports:
 * that is the one that was drawn, here or at the client, while the other is a service's and the same in thousands of
 * rows. The cut is the middle of the dynamic range. Each half still walks the whole table, so a query that leaves most of
 * it out, and a table that is small, stay whole.
 */
final class Slices {
    private static final Set<TcpState> MOST_OF_A_TABLE = EnumSet.of(TcpState.ESTABLISHED);
    private static final Set<TcpState> CONNECTIONS = EnumSet.complementOf(EnumSet.of(TcpState.LISTEN, TcpState.BOUND));
    private static final int SMALL = 300;

    private Slices() {}

    /** One slice or two, as ranges of the higher port. */
    static List<PortRange> of(SocketQuery query, int parts, Kernel kernel) throws DiagRefusedException {
        boolean asksForMost = query.localPorts().size() > 1
                && query.remote() == null
                && query.origin() == PortOrigin.ANY
                && query.states().containsAll(MOST_OF_A_TABLE);
        if (parts < 2 || !asksForMost) {
            return List.of(PortRange.ALL);
        }
        int middle = middleOfDynamicRange(kernel.files());
        return middle < PortRange.ALL.first() || middle >= PortRange.ALL.last() || isSmall(kernel)
                ? List.of(PortRange.ALL)
                : List.of(
                        new PortRange(PortRange.ALL.first(), middle), new PortRange(middle + 1, PortRange.ALL.last()));
    }

    private static boolean isSmall(Kernel kernel) throws DiagRefusedException {
        SocketQuery connections = SocketQuery.all(Protocol.TCP).with(CONNECTIONS);
        try (Datagrams datagrams = kernel.diag(DiagTable.TCP, connections, PortRange.ALL)) {
            var reply = new DiagCursor.Reply(Protocol.TCP, datagrams, new RowFilter(connections, PortRange.ALL));
            var row = new DiagCursor(List.of(reply));
            for (int i = 0; i < SMALL; i++) {
                if (!row.next()) {
                    return true;
                }
            }
            return false;
        } catch (HostReadException e) {
            return true; // whoever reads the whole will meet it again, and tell
        }
    }

    private static int middleOfDynamicRange(KernelFiles files) {
        try {
            byte[] text = files.read("/proc/sys/net/ipv4/ip_local_port_range");
            String[] ends = new String(text == null ? new byte[0] : text, StandardCharsets.US_ASCII)
                    .strip()
                    .split("\\s+", -1);
            return (Integer.parseInt(ends[0]) + Integer.parseInt(ends[ends.length - 1])) / 2;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}

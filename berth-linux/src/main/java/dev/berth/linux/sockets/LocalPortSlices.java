package dev.berth.linux.sockets;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.linux.kernel.DiagTable;
import dev.berth.linux.kernel.Kernel;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a query in two by local port, so that two threads can read at once. The kernel keeps connections in the order of a
 * hash, so the first few hundred are a fair sample, and their median is the cut. Each half still walks the whole table,
 * so a query that leaves most of it out, and a table that is small, stay whole.
 */
final class LocalPortSlices {
    private static final Set<TcpState> MOST_OF_A_TABLE = EnumSet.of(TcpState.ESTABLISHED, TcpState.TIME_WAIT);
    private static final Set<TcpState> IN_ORDER_OF_A_HASH =
            EnumSet.complementOf(EnumSet.of(TcpState.LISTEN, TcpState.BOUND));
    private static final int SAMPLE = 300;

    private LocalPortSlices() {}

    /** One slice or two. */
    static List<PortRange> of(SocketQuery query, int parts, Kernel kernel) throws DiagRefusedException {
        PortRange whole = query.localPorts();
        boolean asksForMost = whole.equals(PortRange.ALL)
                && query.remote() == null
                && query.origin() == PortOrigin.ANY
                && query.states().containsAll(MOST_OF_A_TABLE);
        if (parts < 2 || !asksForMost) {
            return List.of(whole);
        }
        int middle = Math.min(medianPort(kernel), whole.last() - 1);
        return middle == 0
                ? List.of(whole)
                : List.of(new PortRange(whole.first(), middle), new PortRange(middle + 1, whole.last()));
    }

    /** 0 where there are too few connections to be worth two walks. */
    private static int medianPort(Kernel kernel) throws DiagRefusedException {
        SocketQuery connections = SocketQuery.all(Protocol.TCP).with(IN_ORDER_OF_A_HASH);
        int[] ports = new int[SAMPLE];
        try (Datagrams datagrams = kernel.diag(DiagTable.TCP, connections, PortRange.ALL)) {
            var reply = new DiagCursor.Reply(Protocol.TCP, datagrams, new RowFilter(connections));
            var row = new DiagCursor(List.of(reply));
            for (int i = 0; i < SAMPLE; i++) {
                if (!row.next()) {
                    return 0;
                }
                ports[i] = row.localPort();
            }
        } catch (HostReadException e) {
            return 0; // whoever reads the whole will meet it again, and tell
        }
        Arrays.sort(ports);
        return ports[SAMPLE / 2];
    }
}

package dev.berth.cli.look;

import dev.berth.net.PortRange;
import dev.berth.net.TcpState;
import dev.berth.platform.SocketColumns;

/** Rows by state, listeners first, and by local port within a state; equal ones stay as they came. */
@SuppressWarnings("EnumOrdinal") // TcpState stands in the order in which states are shown
public final class RowOrder {
    private static final int PORTS = PortRange.ALL.last() + 1;

    private final int[] rows;

    private RowOrder(int[] rows) {
        this.rows = rows;
    }

    /** A counting sort: two passes, whatever the number of rows. */
    static RowOrder of(SocketColumns sockets) {
        int[] ends = new int[TcpState.COUNT * PORTS + 1];
        for (var row = sockets.cursor(); row.next(); ) {
            ends[key(row) + 1]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        int[] rows = new int[sockets.size()];
        for (var row = sockets.cursor(); row.next(); ) {
            rows[ends[key(row)]++] = row.index();
        }
        return new RowOrder(rows);
    }

    private static int key(SocketColumns.Cursor row) {
        return row.state().ordinal() * PORTS + row.localPort();
    }

    public int size() {
        return rows.length;
    }

    /** Which row of the columns stands at {@code place}, both counted from 0. */
    public int row(int place) {
        return rows[place];
    }
}

package dev.berth.windows.sockets;

import dev.berth.net.Protocol;
import dev.berth.windows.system.SocketTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A table that has been read. */
final class ReadTable {
    /** Without a row. */
    static final ReadTable EMPTY = new ReadTable(
            new SocketTable(Protocol.TCP, false, SocketTable.Rows.OWNER_PID, false), new byte[Integer.BYTES]);

    final SocketTable table;
    final RowLayout layout;

    /** How many rows there are. */
    final int rows;

    /** How many it says there are, without a sign: more where it was cut off. */
    final long claimed;

    /** Its numbers. */
    final ByteBuffer bytes;

    /** The same bytes in network order. */
    final ByteBuffer network;

    ReadTable(SocketTable table, byte[] raw) {
        this.table = table;
        layout = RowLayout.of(table);
        bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        network = ByteBuffer.wrap(raw);
        claimed = raw.length < Integer.BYTES ? 1 : Integer.toUnsignedLong(bytes.getInt(0));
        rows = (int) Math.min(claimed, Math.max(0, raw.length - layout.first) / layout.size);
    }

    boolean cut() {
        return rows < claimed;
    }
}

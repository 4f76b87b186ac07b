package dev.berth.windows.sockets;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.SocketTable.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A table as iphlpapi fills one, member by member in the order of iprtrmib.h, tcpmib.h and udpmib.h; nothing is recorded. Addresses
 * and ports are in network order, all else is little-endian; with 64-bit members, rows begin at a multiple of 8.
 */
public final class BuiltTable {
    private static final int MOST = 16 * 1024;
    private static final int MODULES = 16 * Long.BYTES;
    private static final int JUNK_ABOVE_A_PORT = 0x5aa5_0000;

    private final SocketTable table;
    private final ByteBuffer bytes = ByteBuffer.allocate(MOST).order(ByteOrder.LITTLE_ENDIAN);
    private int rows;

    private BuiltTable(SocketTable table) {
        this.table = table;
        bytes.putInt(0);
        if (table.rows() == Rows.OWNER_MODULE) {
            bytes.putInt(0xdead_beef); // padding
        }
    }

    public static BuiltTable of(SocketTable table) {
        return new BuiltTable(table);
    }

    /** A row of TCP, over the family of the table. */
    public BuiltTable tcp(int state, String local, String remote, int pid, long created) {
        if (table.v6()) {
            end(local);
            end(remote);
            bytes.putInt(state);
        } else {
            bytes.putInt(state);
            end(local);
            end(remote);
        }
        bytes.putInt(pid);
        switch (table.rows()) {
            case OWNER_MODULE -> bytes.putLong(created).put(new byte[MODULES]);
            case OWNER_PID -> {}
            case ROW2 -> bytes.putInt(0); // dwOffloadState
        }
        rows++;
        return this;
    }

    /** A row of UDP; {@code flags} has bit 0 where the port was asked for by number. */
    public BuiltTable udp(String local, int pid, long created, int flags) {
        end(local);
        bytes.putInt(pid);
        if (table.rows() == Rows.OWNER_MODULE) {
            bytes.putInt(0xdead_beef) // padding
                    .putLong(created)
                    .putInt(flags)
                    .putInt(0xdead_beef) // padding
                    .put(new byte[MODULES]);
        }
        rows++;
        return this;
    }

    private void end(String text) {
        Endpoint end = Endpoint.parse(text);
        IpAddress address = end.address();
        if (table.v6()) {
            bytes.order(ByteOrder.BIG_ENDIAN).putLong(address.high()).putLong(address.low());
            bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(address.high() >>> 48 == 0xfe80 ? 7 : 0); // the scope
        } else {
            bytes.put(address.toBytes());
        }
        bytes.putInt(JUNK_ABOVE_A_PORT | Short.toUnsignedInt(Short.reverseBytes((short) end.port())));
    }

    public byte[] bytes() {
        return bytes(rows);
    }

    /** The same with another count at its head. */
    public byte[] bytes(int claimed) {
        byte[] whole = new byte[bytes.position()];
        bytes.putInt(0, claimed).get(0, whole);
        return whole;
    }

    /** Of TCP or UDP, with {@code rows}. */
    public static SocketTable table(Protocol protocol, boolean v6, Rows rows) {
        return new SocketTable(protocol, v6, rows, rows == Rows.ROW2);
    }
}

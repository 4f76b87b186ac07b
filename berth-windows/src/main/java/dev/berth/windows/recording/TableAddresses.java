package dev.berth.windows.recording;

import dev.berth.net.IpAddress;
import dev.berth.windows.sockets.RowLayout;
import dev.berth.windows.system.SocketTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The addresses in a table of iphlpapi. */
final class TableAddresses {
    private static final int COUNT = 4; // dwNumEntries
    private static final int V4_LENGTH = 4;
    private static final int V6_LENGTH = 16;

    private TableAddresses() {}

    /** The table with each address replaced, and zeros in what is behind its last whole row, for nobody knows what is in it. */
    static byte[] replaced(SocketTable table, byte[] reply, UnaryOperator<IpAddress> change) {
        byte[] changed = Arrays.copyOf(reply, reply.length);
        int length = table.v6() ? V6_LENGTH : V4_LENGTH;
        RowLayout layout = RowLayout.of(table);
        int at = layout.first;
        long rows = reply.length < COUNT
                ? 0
                : Integer.toUnsignedLong(
                        ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN).getInt());
        for (long row = 0; row < rows && at + layout.size <= reply.length; row++, at += layout.size) {
            replace(changed, at + layout.localAddress, length, change);
            if (layout.remoteAddress != RowLayout.NONE) {
                replace(changed, at + layout.remoteAddress, length, change);
            }
        }
        Arrays.fill(changed, Math.min(at, reply.length), reply.length, (byte) 0);
        return changed;
    }

    /** Those in its whole rows, without the wildcards. */
    static Set<IpAddress> in(SocketTable table, byte[] reply) {
        var found = new HashSet<IpAddress>();
        replaced(table, reply, address -> {
            if (!address.isAny()) {
                found.add(address);
            }
            return address;
        });
        return found;
    }

    private static void replace(byte[] rows, int at, int length, UnaryOperator<IpAddress> change) {
        IpAddress other = change.apply(IpAddress.of(Arrays.copyOfRange(rows, at, at + length)));
        byte[] whole = ByteBuffer.allocate(V6_LENGTH)
                .putLong(other.high())
                .putLong(other.low())
                .array();
        System.arraycopy(whole, V6_LENGTH - length, rows, at, length);
    }
}

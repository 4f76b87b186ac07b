package dev.berth.windows.sockets;

import dev.berth.net.Protocol;
import dev.berth.windows.system.SocketTable;

/**
 * Where what is in a row: the structures of iprtrmib.h, tcpmib.h and udpmib.h, as x64 and arm64 lay them out. Each table begins
 * with {@code DWORD dwNumEntries}; numbers are little-endian, addresses and ports in network order.
 *
 * <p>Rows of IPv4 begin with the state, those of IPv6 end with it. Offsets are in bytes, and {@link #NONE} for what a row has not.
 */
public enum RowLayout {
    // first row, size of a row, state, local address, local scope, local port, remote address, remote port, owner,
    // created, flags
    TCP_V4_MODULE(8, 160, 0, 4, -1, 8, 12, 16, 20, 24, -1), // MIB_TCPROW_OWNER_MODULE
    TCP_V6_MODULE(8, 192, 48, 0, 16, 20, 24, 44, 52, 56, -1), // MIB_TCP6ROW_OWNER_MODULE
    TCP_V4_PID(4, 24, 0, 4, -1, 8, 12, 16, 20, -1, -1), // MIB_TCPROW_OWNER_PID
    TCP_V6_PID(4, 56, 48, 0, 16, 20, 24, 44, 52, -1, -1), // MIB_TCP6ROW_OWNER_PID
    TCP_V4_ROW2(4, 28, 0, 4, -1, 8, 12, 16, 20, -1, -1), // MIB_TCPROW2
    TCP_V6_ROW2(4, 60, 48, 0, 16, 20, 24, 44, 52, -1, -1), // MIB_TCP6ROW2
    UDP_V4_MODULE(8, 160, -1, 0, -1, 4, -1, -1, 8, 16, 24), // MIB_UDPROW_OWNER_MODULE
    UDP_V6_MODULE(8, 176, -1, 0, 16, 20, -1, -1, 24, 32, 40), // MIB_UDP6ROW_OWNER_MODULE
    UDP_V4_PID(4, 12, -1, 0, -1, 4, -1, -1, 8, -1, -1), // MIB_UDPROW_OWNER_PID
    UDP_V6_PID(4, 28, -1, 0, 16, 20, -1, -1, 24, -1, -1); // MIB_UDP6ROW_OWNER_PID

    public static final int NONE = -1;

    public final int first;
    public final int size;
    final int state;
    public final int localAddress;
    final int localScope;
    final int localPort;
    public final int remoteAddress;
    final int remotePort;
    final int owner;
    final int created;
    final int flags;

    RowLayout(
            int first,
            int size,
            int state,
            int localAddress,
            int localScope,
            int localPort,
            int remoteAddress,
            int remotePort,
            int owner,
            int created,
            int flags) {
        this.first = first;
        this.size = size;
        this.state = state;
        this.localAddress = localAddress;
        this.localScope = localScope;
        this.localPort = localPort;
        this.remoteAddress = remoteAddress;
        this.remotePort = remotePort;
        this.owner = owner;
        this.created = created;
        this.flags = flags;
    }

    public static RowLayout of(SocketTable table) {
        boolean tcp = table.protocol() == Protocol.TCP;
        boolean v6 = table.v6();
        return switch (table.rows()) {
            case OWNER_MODULE -> tcp ? v6 ? TCP_V6_MODULE : TCP_V4_MODULE : v6 ? UDP_V6_MODULE : UDP_V4_MODULE;
            case OWNER_PID -> tcp ? v6 ? TCP_V6_PID : TCP_V4_PID : v6 ? UDP_V6_PID : UDP_V4_PID;
            case ROW2 -> v6 ? TCP_V6_ROW2 : TCP_V4_ROW2;
        };
    }
}

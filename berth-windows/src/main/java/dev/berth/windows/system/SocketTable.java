package dev.berth.windows.system;

import dev.berth.net.Protocol;

/**
 * A table of sockets with their owners, as iphlpapi fills it: GetExtendedTcpTable with TCP_TABLE_OWNER_MODULE_ALL or
 * TCP_TABLE_OWNER_PID_ALL, GetExtendedUdpTable with the like, and the undocumented InternalGetBoundTcp(6)EndpointTable.
 *
 * @param bound sockets that are bound and neither listen nor connect, which the documented tables leave out
 */
public record SocketTable(Protocol protocol, boolean v6, Rows rows, boolean bound) {
    /** How a row is laid out: iprtrmib.h, tcpmib.h, udpmib.h. */
    public enum Rows {
        /** With the time it was made, and whose module made it. */
        OWNER_MODULE,
        OWNER_PID,
        /** MIB_TCPROW2 and MIB_TCP6ROW2, of bound sockets. */
        ROW2
    }
}

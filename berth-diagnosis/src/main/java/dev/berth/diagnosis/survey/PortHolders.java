package dev.berth.diagnosis.survey;

import dev.berth.net.IpAddress;
import dev.berth.net.PortSet;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketRow;
import java.util.BitSet;

/** Sockets and the local ports they are on, at any address: all that is asked of UDP, and of ports chosen by number. */
public final class PortHolders {
    private final BitSet ports = new BitSet();
    private final BitSet ipv4 = new BitSet();
    private final InodePairs sockets = new InodePairs(); // inode, local port

    /** Reads to the end of {@code part}. */
    public static PortHolders read(SocketCursor part) throws HostReadException {
        var read = new PortHolders();
        while (part.next()) {
            read.ports.set(part.localPort());
            if (takesIpv4(part)) {
                read.ipv4.set(part.localPort());
            }
            read.sockets.add(part.inode(), part.localPort());
        }
        return read;
    }

    /**
     * Whether it keeps 0.0.0.0 from its port: {@code inet_rcv_saddr_equal} in net/ipv4/inet_connection_sock.c. An IPv6 socket
     * that is bound to one address is v6-only; one that was connected without a bind is not, though it has one address too.
     */
    private static boolean takesIpv4(SocketRow row) {
        boolean any = row.localHigh() == 0 && row.localLow() == 0;
        return IpAddress.isV4(row.localHigh(), row.localLow()) || !row.v6Only() && (any || row.remotePort() != 0);
    }

    /** Adds what {@code other} has read of other rows. */
    public PortHolders merge(PortHolders other) {
        ports.or(other.ports);
        ipv4.or(other.ipv4);
        sockets.addAll(other.sockets);
        return this;
    }

    public void addInodesTo(InodeSet inodes) {
        sockets.addInodesTo(inodes);
    }

    public PortSet ports() {
        return PortSet.of(ports);
    }

    /** Those of them that a bind of 0.0.0.0 does not get; a bind of [::] that is not v6-only gets none of {@link #ports}. */
    public PortSet portsOfIpv4() {
        return PortSet.of(ipv4);
    }

    /** Inode and local port of each. */
    public InodePairs sockets() {
        return sockets;
    }
}

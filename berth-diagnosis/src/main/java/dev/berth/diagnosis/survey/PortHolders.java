package dev.berth.diagnosis.survey;

import dev.berth.net.PortSet;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.SocketCursor;
import java.util.BitSet;

/** Sockets and the local ports they are on, at any address: all that is asked of UDP, and of ports chosen by number. */
public final class PortHolders {
    private final BitSet ports = new BitSet();
    private final InodePairs sockets = new InodePairs(); // inode, local port

    /** Reads to the end of {@code part}. */
    public static PortHolders read(SocketCursor part) throws HostReadException {
        var read = new PortHolders();
        while (part.next()) {
            read.ports.set(part.localPort());
            read.sockets.add(part.inode(), part.localPort());
        }
        return read;
    }

    /** Adds what {@code other} has read of other rows. */
    public PortHolders merge(PortHolders other) {
        ports.or(other.ports);
        sockets.addAll(other.sockets);
        return this;
    }

    public void addInodesTo(InodeSet inodes) {
        sockets.addInodesTo(inodes);
    }

    public PortSet ports() {
        return PortSet.of(ports);
    }

    /** Inode and local port of each. */
    public InodePairs sockets() {
        return sockets;
    }
}

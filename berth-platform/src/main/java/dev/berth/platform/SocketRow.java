package dev.berth.platform;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;

/**
 * One socket, read in place: a view that the next step of its cursor changes, so keep values and never the row.
 * Addresses come as the two halves of an {@link IpAddress}, so that a million rows make no object.
 */
public interface SocketRow {
    Protocol protocol();

    TcpState state();

    long localHigh();

    long localLow();

    int localPort();

    long remoteHigh();

    long remoteLow();

    /** 0 where there is no remote end. */
    int remotePort();

    /**
     * What ties the socket to the processes that hold it; 0 where the kernel alone does (TIME_WAIT, an orphaned FIN_WAIT2, a
     * SYN_RECV). On Linux its inode. Windows has none and says whose a socket is, so there it is the owner's process id,
     * which all sockets of that process share; another number where a later process has that id now.
     */
    long inode();

    /**
     * The identity of this socket, never used twice: on Linux the kernel's own (SO_COOKIE), on Windows made of its ends, its
     * owner and the time it was made; 0 where the source does not tell.
     */
    long cookie();

    /** The cgroup the socket was made in, as its inode number; 0 where the source does not tell. */
    long cgroup();

    /** The user who made the socket, or -1 where the system has no numbers for users; meaningless where {@link #inode} is 0. */
    int uid();

    /** Milliseconds until the kernel lets go of a TIME_WAIT (or orphaned FIN_WAIT2) socket, or -1. */
    int expiresInMillis();

    /**
     * Milliseconds since the peer last acknowledged anything, or -1 where {@link SocketQuery#times} was not asked for or
     * the source does not tell. Every segment of a connection acknowledges, its end included, so a peer that has closed
     * did so at least that long ago. Not kept by {@link SocketColumns}.
     */
    default long silentMillis() {
        return -1;
    }

    /** Bytes received and not read; for a listener, connections waiting to be accepted. */
    long receiveQueue();

    /** Bytes sent and not acknowledged; for a listener, how many may wait, or -1 where the source does not tell. */
    long sendQueue();

    /** The index of the device the socket is bound to; 0 for none. */
    int device();

    /** Whether an IPv6 listener or bound socket is known to leave IPv4 alone. */
    boolean v6Only();

    default IpAddress localAddress() {
        return new IpAddress(localHigh(), localLow());
    }

    default IpAddress remoteAddress() {
        return new IpAddress(remoteHigh(), remoteLow());
    }

    default Endpoint local() {
        return new Endpoint(localAddress(), localPort());
    }

    default Endpoint remote() {
        return new Endpoint(remoteAddress(), remotePort());
    }

    /** Whether both ends are the same endpoint: a client that drew the very port it was calling. */
    default boolean isSelfConnect() {
        return localPort() == remotePort()
                && localPort() != 0
                && localLow() == remoteLow()
                && localHigh() == remoteHigh();
    }
}

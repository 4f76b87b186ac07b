package dev.berth.platform;

/**
 * How a socket that is there shares its port: what only the process that holds it can be asked, since no table of sockets
 * tells.
 */
public sealed interface SocketFlags {
    /** As the socket has them now: getsockopt(2) of SO_REUSEADDR, SO_REUSEPORT and, for IPv6, IPV6_V6ONLY. */
    record Read(boolean reuseAddress, boolean reusePort, boolean v6Only) implements SocketFlags {}

    /** They could not be read. */
    record Unknown(String why) implements SocketFlags {}
}

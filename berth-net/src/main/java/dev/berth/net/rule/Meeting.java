package dev.berth.net.rule;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;

/**
 * Whether a wanted address and a held one compete on Linux: {@code inet_rcv_saddr_equal} and the lookups by port and
 * address before it, net/ipv4/inet_connection_sock.c.
 *
 * @param overlaps unknown where it depends on IPV6_V6ONLY of the socket that is there
 * @param how of meaning only where they overlap
 */
record Meeting(Flag overlaps, Overlap how) {
    private static final IpAddress LOOPBACK4_IPV6 = IpAddress.v4(0x7f00_0006);
    private static final Meeting NONE = new Meeting(Flag.CLEAR, Overlap.SAME_ADDRESS);

    static Meeting of(WantedBind wanted, Holding held) {
        if (wanted.address().isV4()) {
            return ofV4(wanted, held);
        }
        if (held.local().isV4()) {
            return wanted.isDualStack() ? new Meeting(Flag.SET, Overlap.WANTED_WILDCARD) : NONE;
        }
        return sameOrAny(wanted.address(), held.local(), Flag.SET);
    }

    private static Meeting ofV4(WantedBind wanted, Holding held) {
        if (held.local().isV4()) {
            return sameOrAny(wanted.address(), held.local(), Flag.SET);
        }
        Flag coversV4 = held.v6Only().not();
        if (held.local().isAny()) {
            return new Meeting(coversV4, Overlap.HELD_WILDCARD);
        }
        // a bind to an IPv6 address sets v6-only by itself, so only connections of unbound sockets are left
        boolean meetsConnections = wanted.address().equals(IpAddress.ANY_V4)
                || wanted.protocol() == Protocol.UDP && wanted.address().equals(LOOPBACK4_IPV6);
        return held.remote() != null && !wanted.v6Socket() && meetsConnections
                ? new Meeting(coversV4, Overlap.IPV6_CONNECTION)
                : NONE;
    }

    private static Meeting sameOrAny(IpAddress wanted, IpAddress held, Flag overlaps) {
        if (wanted.equals(held)) {
            return new Meeting(overlaps, Overlap.SAME_ADDRESS);
        }
        if (wanted.isAny()) {
            return new Meeting(overlaps, Overlap.WANTED_WILDCARD);
        }
        return held.isAny() ? new Meeting(overlaps, Overlap.HELD_WILDCARD) : NONE;
    }
}

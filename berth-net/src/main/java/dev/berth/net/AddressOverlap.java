package dev.berth.net;

/**
 * Whether a bind to one address competes with a socket that is on the same port at another: the first clause of Linux's
 * bind conflict rule ({@code inet_rcv_saddr_equal} in net/ipv4/inet_connection_sock.c) and its IPv6 exception.
 */
public final class AddressOverlap {
    private AddressOverlap() {}

    /**
     * What a socket covers on its port.
     *
     * @param v6Only whether an IPv6 socket leaves IPv4 alone; of no meaning for an IPv4 address
     * @param connected whether it has a remote endpoint, or had one and is now closing
     */
    public record Claim(IpAddress address, boolean v6Only, boolean connected) {
        /** The claim of a server that is not v6-only. */
        public static Claim ofServer(IpAddress address) {
            return new Claim(address, false, false);
        }
    }

    /** Whether {@code wanted}, a bind about to be made, overlaps {@code held}, a socket that is there. */
    public static boolean between(Claim wanted, Claim held) {
        return coversV4(wanted) && coversV4(held) && sameOrAny(wanted.address, held.address)
                || coversV6(wanted) && coversV6(held) && sameOrAny(wanted.address, held.address)
                || connectedV6AgainstAnyV4(wanted, held);
    }

    /**
     * The exception: an IPv6 connection whose socket is not v6-only also stands in the way of a bind to {@code 0.0.0.0}
     * (seen on Linux 6.18 with {@code ::1} and with global addresses). Java's IPv6 connections are of this kind.
     */
    private static boolean connectedV6AgainstAnyV4(Claim wanted, Claim held) {
        return wanted.address.equals(IpAddress.ANY_V4) && held.connected && !held.address.isV4() && !held.v6Only;
    }

    private static boolean coversV4(Claim claim) {
        return claim.address.isV4() || claim.address.isAny() && !claim.v6Only;
    }

    private static boolean coversV6(Claim claim) {
        return !claim.address.isV4();
    }

    private static boolean sameOrAny(IpAddress one, IpAddress other) {
        return one.isAny() || other.isAny() || one.equals(other);
    }
}

package dev.berth.client.tuples;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What tells apart what {@link Inet6Address#equals} does not: the same link-local address on several links. Host names
 * tell nothing apart.
 */
public record Scoped(Object address, int scope) {
    /** What is equal for the same address on the same link only. */
    public static Object key(InetAddress address) {
        return key(address, address);
    }

    /** What is equal for the same address on the same link, and the same port, only; no garbage but for a link-local one. */
    static Object key(InetSocketAddress remote) {
        return key(remote.getAddress(), remote);
    }

    private static Object key(InetAddress address, Object whole) {
        int scope = scope(address);
        return scope == 0 ? whole : new Scoped(whole, scope);
    }

    /** Whether a socket bound to the one may reach the other. */
    static boolean onOneLink(InetAddress source, InetAddress remote) {
        int from = scope(source);
        int to = scope(remote);
        return from == 0 || to == 0 || from == to;
    }

    private static int scope(InetAddress address) {
        return address instanceof Inet6Address v6 && v6.isLinkLocalAddress() ? v6.getScopeId() : 0;
    }
}

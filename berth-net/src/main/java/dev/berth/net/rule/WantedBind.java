package dev.berth.net.rule;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A bind about to be made, to a port given by number.
 *
 * @param address a v4-mapped address is written as the IPv4 address it stands for
 * @param v6Socket whether the socket is of family AF_INET6: tells {@code 0.0.0.0} from {@code ::ffff:0.0.0.0}
 * @param v6Only whether an IPv6 socket asks to leave IPv4 alone (IPV6_V6ONLY)
 * @param sharing every option set or clear: whoever is about to bind knows
 * @param user who makes it, in the words of {@link Holding#user}; null where unknown
 * @param device the index of the device it is bound to first (SO_BINDTODEVICE); 0 for none
 */
public record WantedBind(
        Protocol protocol,
        IpAddress address,
        boolean v6Socket,
        boolean v6Only,
        Sharing sharing,
        @Nullable String user,
        int device) {
    public WantedBind {
        if (!address.isV4() && !v6Socket) {
            throw new IllegalArgumentException(address + " needs an IPv6 socket");
        }
        if (!sharing.isKnown()) {
            throw new IllegalArgumentException("a bind about to be made has no unknown options: " + sharing);
        }
    }

    /** The usual server on Linux, {@code ::} being both families: it sets SO_REUSEADDR, as nearly all TCP servers do. */
    public static WantedBind linuxServer(Protocol protocol, IpAddress address, @Nullable String user) {
        return of(protocol, address, protocol == Protocol.TCP ? Sharing.REUSE_ADDRESS : Sharing.NONE, user);
    }

    /** The careful server on Windows, {@code ::} being both families: it sets SO_EXCLUSIVEADDRUSE, as Java does. */
    public static WantedBind windowsServer(Protocol protocol, IpAddress address, @Nullable String user) {
        return of(protocol, address, Sharing.EXCLUSIVE, user);
    }

    private static WantedBind of(Protocol protocol, IpAddress address, Sharing sharing, @Nullable String user) {
        return new WantedBind(protocol, address, !address.isV4(), false, sharing, user, 0);
    }

    /** The same bind by a socket that shares otherwise. */
    public WantedBind with(Sharing other) {
        return new WantedBind(protocol, address, v6Socket, v6Only, other, user, device);
    }

    /** Whether the socket covers all addresses of both families. */
    boolean isDualStack() {
        return address.equals(IpAddress.ANY_V6) && !v6Only;
    }
}

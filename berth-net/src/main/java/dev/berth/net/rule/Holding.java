package dev.berth.net.rule;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is on a port, as far as a rule cares.
 *
 * @param state a UDP socket is ESTABLISHED when connected and BOUND when not
 * @param local the address it is bound to, or that its connection runs from
 * @param remote the other end, or null where there is none
 * @param v6Only whether an IPv6 socket leaves IPv4 alone; of no meaning for an IPv4 address
 * @param user who it belongs to, in whatever words the system has for users; null where unknown, and where the kernel
 *     alone holds it
 * @param device the index of the device it is bound to; 0 for none
 */
public record Holding(
        TcpState state,
        IpAddress local,
        @Nullable Endpoint remote,
        Flag v6Only,
        Sharing sharing,
        @Nullable String user,
        int device,
        Origin origin) {
    /**
     * Whether it is a connection that the kernel alone is still setting up: a listener's request, which is in no table of
     * bound ports.
     */
    boolean isRequest() {
        return state == TcpState.SYN_RECV && user == null;
    }
}

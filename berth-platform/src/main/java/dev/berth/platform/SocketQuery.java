package dev.berth.platform;

import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sockets to read. Every part narrows; a system that can filter in its kernel does, and no row that does not match
 * ever comes back.
 *
 * @param localPorts the range the local port is in
 * @param remote the remote endpoint, or null for any; port 0 in it matches every port
 * @param origin whether the local port must have been asked for by number
 * @param times whether to tell {@link SocketRow#silentMillis}, which makes each row several times as large
 */
public record SocketQuery(
        Set<Protocol> protocols,
        Set<TcpState> states,
        PortRange localPorts,
        @Nullable Endpoint remote,
        PortOrigin origin,
        boolean times) {

    /** How a socket came by its local port, as far as the kernel still knows. */
    public enum PortOrigin {
        ANY,
        /** Bound to a port by number, so that the port is closed to automatic choice. */
        EXPLICIT
    }

    private static final Set<TcpState> EVERY_STATE = Collections.unmodifiableSet(EnumSet.allOf(TcpState.class));

    public SocketQuery {
        protocols = Collections.unmodifiableSet(EnumSet.copyOf(protocols));
        states = Collections.unmodifiableSet(EnumSet.copyOf(states));
    }

    /** Every TCP and UDP socket there is. */
    public static SocketQuery everything() {
        return new SocketQuery(EnumSet.allOf(Protocol.class), EVERY_STATE, PortRange.ALL, null, PortOrigin.ANY, false);
    }

    /** Every socket of one protocol. */
    public static SocketQuery all(Protocol protocol) {
        return everything().with(protocol);
    }

    public SocketQuery with(Protocol protocol) {
        return new SocketQuery(EnumSet.of(protocol), states, localPorts, remote, origin, times);
    }

    public SocketQuery with(Set<TcpState> onlyStates) {
        return new SocketQuery(protocols, onlyStates, localPorts, remote, origin, times);
    }

    public SocketQuery with(PortRange onlyLocalPorts) {
        return new SocketQuery(protocols, states, onlyLocalPorts, remote, origin, times);
    }

    public SocketQuery with(Endpoint onlyRemote) {
        return new SocketQuery(protocols, states, localPorts, onlyRemote, origin, times);
    }

    public SocketQuery with(PortOrigin onlyOrigin) {
        return new SocketQuery(protocols, states, localPorts, remote, onlyOrigin, times);
    }

    public SocketQuery withTimes() {
        return new SocketQuery(protocols, states, localPorts, remote, origin, true);
    }

    public SocketQuery withoutTimes() {
        return new SocketQuery(protocols, states, localPorts, remote, origin, false);
    }

    /** Whether {@code row} is one of the sockets asked for; what the kernel alone knows ({@link #origin}) is left out. */
    public boolean matches(SocketRow row) {
        return localPorts.contains(row.localPort())
                && states.contains(row.state())
                && protocols.contains(row.protocol())
                && (remote == null || matchesRemote(row, remote));
    }

    private static boolean matchesRemote(SocketRow row, Endpoint remote) {
        return row.remoteHigh() == remote.address().high()
                && row.remoteLow() == remote.address().low()
                && (remote.port() == 0 || row.remotePort() == remote.port());
    }
}

package dev.berth.linux.sockets;

import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import org.jspecify.annotations.Nullable;

/** The kernel's numbers for states, net/tcp_states.h. */
final class StateNumber {
    private static final int ESTABLISHED = 1;
    private static final int CLOSE = 7;

    private static final @Nullable TcpState[] TCP = {
        null,
        TcpState.ESTABLISHED,
        TcpState.SYN_SENT,
        TcpState.SYN_RECV,
        TcpState.FIN_WAIT1,
        TcpState.FIN_WAIT2,
        TcpState.TIME_WAIT,
        TcpState.BOUND, // CLOSE: in a table of ports, a closed socket is one that is merely bound
        TcpState.CLOSE_WAIT,
        TcpState.LAST_ACK,
        TcpState.LISTEN,
        TcpState.CLOSING,
        TcpState.SYN_RECV, // NEW_SYN_RECV
    };

    private StateNumber() {}

    /** Null for a number Berth does not know. */
    static @Nullable TcpState of(Protocol protocol, int number) {
        if (protocol == Protocol.UDP) {
            return number == ESTABLISHED ? TcpState.ESTABLISHED : number == CLOSE ? TcpState.BOUND : null;
        }
        return number >= 0 && number < TCP.length ? TCP[number] : null;
    }
}

package dev.berth.windows.sockets;

import dev.berth.net.TcpState;
import org.jspecify.annotations.Nullable;

/** Windows' numbers for states: MIB_TCP_STATE, tcpmib.h. */
final class StateNumber {
    private static final int CLOSED = 1;
    private static final int RESERVED = 100; // MIB_TCP_STATE_RESERVED, which netstat shows as BOUND

    private static final @Nullable TcpState[] DOCUMENTED = {
        null,
        null, // CLOSED: it holds no port any more
        TcpState.LISTEN,
        TcpState.SYN_SENT,
        TcpState.SYN_RECV,
        TcpState.ESTABLISHED,
        TcpState.FIN_WAIT1,
        TcpState.FIN_WAIT2,
        TcpState.CLOSE_WAIT,
        TcpState.CLOSING,
        TcpState.LAST_ACK,
        TcpState.TIME_WAIT,
        null, // DELETE_TCB: an order, and the moment in which it is carried out
    };

    private StateNumber() {}

    /** Null for a number Berth does not know, and for a socket that is no more. */
    static @Nullable TcpState of(int number) {
        return number == RESERVED
                ? TcpState.BOUND
                : number >= 0 && number < DOCUMENTED.length ? DOCUMENTED[number] : null;
    }

    /** The same in a table of sockets that are bound: what listens or is connected there stands in another table too. */
    static @Nullable TcpState ofBound(int number) {
        return number == RESERVED || number == CLOSED ? TcpState.BOUND : null;
    }
}

package dev.berth.net;

/**
 * What a socket is doing: the states of RFC 9293 section 3.3.2, and {@link #BOUND}, which the RFC has no name for.
 *
 * <p>A UDP socket borrows two of them: {@code ESTABLISHED} when it is connected, {@code BOUND} when it is not.
 */
public enum TcpState {
    LISTEN,
    ESTABLISHED,
    SYN_SENT,
    SYN_RECV,
    FIN_WAIT1,
    FIN_WAIT2,
    TIME_WAIT,
    CLOSE_WAIT,
    LAST_ACK,
    CLOSING,
    /** Holds a port, neither listening nor connected: what netstat, lsof and older ss do not show. */
    BOUND;

    private static final TcpState[] ALL = values();

    /** The number of states; ordinals run from 0 to one less. */
    public static final int COUNT = ALL.length;

    /** The state with this ordinal, without the copy that {@code values()} makes. */
    public static TcpState of(int ordinal) {
        return ALL[ordinal];
    }
}

package dev.berth.diagnosis.map;

import dev.berth.net.Protocol;
import dev.berth.net.TcpState;

/** What is on one port, the strongest first: where there is more than one thing, the strongest is what counts. */
public enum PortKind {
    /** A server: a TCP socket that listens, or a UDP socket that takes datagrams from anybody. */
    LISTENING("listening", "listening"),
    /** A TCP socket that is bound, and neither listens nor is connected. */
    BOUND_ONLY("boundOnly", "bound only"),
    /** Connections in any state but TIME_WAIT, of clients and of servers that listen no more. */
    IN_USE("inUse", "in use"),
    /** Closed connections that the kernel keeps, and nothing else. */
    TIME_WAIT("timeWait", "TIME_WAIT"),
    /** No socket; automatic choice passes over it: on Windows for an administered exclusion. */
    RESERVED("reserved", "reserved"),
    /** No socket; the system lets no program bind it (Windows). */
    EXCLUDED("excluded", "excluded"),
    /** No socket; automatic choice may give it to a client. */
    DYNAMIC("dynamic", "free, dynamic range"),
    /** No socket; only who asks for it by number gets it. */
    FREE("free", "free, elsewhere");

    private static final PortKind[] ALL = values();

    private final String label;
    private final String words;

    PortKind(String label, String words) {
        this.label = label;
        this.words = words;
    }

    static PortKind of(int ordinal) {
        return ALL[ordinal];
    }

    static PortKind of(Protocol protocol, TcpState state) {
        return switch (state) {
            case LISTEN -> LISTENING;
            case BOUND -> protocol == Protocol.UDP ? LISTENING : BOUND_ONLY;
            case TIME_WAIT -> TIME_WAIT;
            case ESTABLISHED, SYN_SENT, SYN_RECV, FIN_WAIT1, FIN_WAIT2, CLOSE_WAIT, LAST_ACK, CLOSING -> IN_USE;
        };
    }

    /** The word for it in JSON. */
    public String label() {
        return label;
    }

    /** What a legend calls it. */
    public String words(boolean onWindows) {
        return switch (this) {
            case RESERVED -> onWindows ? "excluded by an admin" : words;
            case EXCLUDED -> onWindows ? "excluded by system" : words;
            case LISTENING, BOUND_ONLY, IN_USE, TIME_WAIT, DYNAMIC, FREE -> words;
        };
    }

    /** Whether a socket is on it. */
    public boolean isTaken() {
        return compareTo(TIME_WAIT) <= 0;
    }
}

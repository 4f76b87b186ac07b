package dev.berth.diagnosis;

/**
 * Why a port is not available; as a verdict exactly one of them, or that it is. In the order in which they take
 * precedence when several hold one port.
 */
public enum Cause {
    /** A socket listens there (for UDP: an unconnected socket is bound there). */
    LISTENER("listener"),
    /** Bound, neither listening nor connected. */
    BOUND_ONLY("bound-only"),
    /** A connection has it: outgoing, accepted, or from itself to itself. */
    CLIENT("client"),
    /** A closed connection holds it for a known number of seconds. */
    TIME_WAIT("time-wait"),
    /** The operating system refuses it: a privileged port, an excluded range, a policy. */
    EXCLUDED("excluded"),
    /** The bind fails and Berth cannot see why. */
    BLOCKED_UNSEEN("blocked-unseen"),
    /** The bind succeeds but traffic would not arrive. */
    ELSEWHERE("elsewhere"),
    FREE("free");

    private final String label;

    Cause(String label) {
        this.label = label;
    }

    /** The word for it in commands, JSON and documents. */
    public String label() {
        return label;
    }
}

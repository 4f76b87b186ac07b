package dev.berth.net.rule;

/**
 * How a socket is willing to share its address and port.
 *
 * @param reuseAddress SO_REUSEADDR, which means different things on different systems
 * @param reusePort SO_REUSEPORT; clear on Windows, which has none
 * @param exclusive SO_EXCLUSIVEADDRUSE; clear on Linux, which has none
 */
public record Sharing(Flag reuseAddress, Flag reusePort, Flag exclusive) {
    public static final Sharing NONE = new Sharing(Flag.CLEAR, Flag.CLEAR, Flag.CLEAR);
    public static final Sharing REUSE_ADDRESS = new Sharing(Flag.SET, Flag.CLEAR, Flag.CLEAR);
    public static final Sharing REUSE_PORT = new Sharing(Flag.CLEAR, Flag.SET, Flag.CLEAR);
    public static final Sharing REUSE_BOTH = new Sharing(Flag.SET, Flag.SET, Flag.CLEAR);
    public static final Sharing EXCLUSIVE = new Sharing(Flag.CLEAR, Flag.CLEAR, Flag.SET);
    public static final Sharing UNKNOWN = new Sharing(Flag.UNKNOWN, Flag.UNKNOWN, Flag.UNKNOWN);

    /** What Linux sockets have, from what getsockopt(2) tells. */
    public static Sharing linux(boolean reuseAddress, boolean reusePort) {
        return new Sharing(Flag.of(reuseAddress), Flag.of(reusePort), Flag.CLEAR);
    }

    boolean isKnown() {
        return reuseAddress != Flag.UNKNOWN && reusePort != Flag.UNKNOWN && exclusive != Flag.UNKNOWN;
    }
}

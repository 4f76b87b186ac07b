package dev.berth.net.rule;

/** How a socket came by its port, which decides on Linux whether other connections may be given the same port. */
public enum Origin {
    /** connect(2) drew it: other automatic connections to other destinations may share it. */
    AUTOMATIC,
    /**
     * The socket owns it: bound by number or by port 0, listening, or inherited from a listener. Automatic choice passes
     * the port over, for every address and destination.
     */
    OWNED,
    /** No table of sockets tells an automatic connection from one that was bound first. */
    UNKNOWN
}

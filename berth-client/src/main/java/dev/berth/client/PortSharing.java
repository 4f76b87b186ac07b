package dev.berth.client;

/** Whether one local port may serve several destinations at the same time. */
public enum PortSharing {
    /**
     * The port is bound with {@code SO_REUSEADDR}, so connections to other destinations may use it too: on Linux every
     * local port then carries one connection to <em>each</em> destination, and a server that sets the option too (as
     * Java's do) can still listen on it. The default on Linux, and refused elsewhere: on Windows the option would open
     * the port to other programs, and BSDs refuse the second bind.
     */
    SHARED,
    /**
     * The port is bound without {@code SO_REUSEADDR}: it carries one connection, and on Linux neither another client nor a
     * server can bind it until that connection is gone, TIME_WAIT included. The default, and the only way, on Windows;
     * there a port in TIME_WAIT can be bound for another destination.
     */
    EXCLUSIVE
}

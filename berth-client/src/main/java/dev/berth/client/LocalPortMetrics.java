package dev.berth.client;

import java.net.InetSocketAddress;

/**
 * Is told what happens to local ports, as it happens. Implement what you count; every method does nothing by default.
 * Called on the thread that connects or closes, with no lock held; what it throws reaches that thread's caller, so it
 * should not. The numbers of now are {@link LocalPorts#usage}.
 */
public interface LocalPortMetrics {
    /** Counts nothing. */
    LocalPortMetrics NONE = new LocalPortMetrics() {};

    /**
     * A connection was made.
     *
     * @param candidates how many local ports were tried, at least 1; more than 1 where others use the same ports
     */
    default void connected(InetSocketAddress destination, int candidates) {}

    /** A candidate turned out to be taken by somebody else, at bind or at connect; the next one is tried. */
    default void lostRace(InetSocketAddress destination) {}

    /** No local port was found. */
    default void exhausted(PortsExhaustedException failure) {}

    /**
     * A connection is gone.
     *
     * @param waits whether its port is held back for the time of TIME_WAIT
     */
    default void closed(InetSocketAddress destination, boolean waits) {}
}

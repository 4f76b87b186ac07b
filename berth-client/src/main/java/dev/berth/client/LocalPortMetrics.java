package dev.berth.client;

import java.net.InetSocketAddress;

/**
 * Is told what happens to local ports, as it happens. Implement what you count; every method does nothing by default.
 * Called with no lock held on the thread that connects or closes, which waits for it. The numbers of now are {@link
 * LocalPorts#usage}.
 *
 * <p>A counter that fails costs a number, never a connection or a port: a {@link RuntimeException} ends here. The first one
 * goes to the {@link System.Logger} named {@code dev.berth.client}, as a warning; later ones of the same counter go nowhere.
 * An {@link Error} is not caught.
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

    /** No local port was found. Where the system chooses it has its own error for that, and nobody is told here. */
    default void exhausted(PortsExhaustedException failure) {}

    /**
     * A connection is gone.
     *
     * @param waits whether its port is held back for the time of TIME_WAIT; where no table chooses, whether it may be in it
     */
    default void closed(InetSocketAddress destination, boolean waits) {}
}

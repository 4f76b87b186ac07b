package dev.berth.client;

import java.net.InetSocketAddress;

/**
 * What one destination has of the local ports, over all source addresses: the numbers of one moment, for gauges.
 *
 * <p>What is counted since the destination is known begins at 0 again when it was {@linkplain LocalPortsBuilder#destinations
 * forgotten} in between; {@link LocalPortMetrics} counts for ever.
 *
 * @param destination its address; of the host names that were used for it, if any, the first
 * @param inUse connections that are open, or being made, by this instance
 * @param waiting ports of closed ones that are held back for the time of TIME_WAIT; where that keeps them from all
 *     destinations, as {@link PortSharing#EXCLUSIVE} on Linux does, those of all
 * @param free ports that the next connection may be given
 * @param lostRaces candidates that others turned out to have, since the destination is known
 * @param exhaustions connects for which no port was left, since the destination is known
 */
public record DestinationUsage(
        InetSocketAddress destination, int inUse, int waiting, int free, long lostRaces, long exhaustions) {}

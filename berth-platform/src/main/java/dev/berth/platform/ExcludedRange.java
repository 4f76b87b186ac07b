package dev.berth.platform;

import dev.berth.net.PortRange;

/**
 * Ports that a Windows host keeps from programs.
 *
 * @param administered whether a person reserved it (then a server may still bind it), or the system did
 */
public record ExcludedRange(PortRange range, boolean administered) {}

package dev.berth.platform;

import dev.berth.net.PortRange;

/**
 * Ports, and where it says so.
 *
 * @param source a file and line such as {@code /etc/sysctl.d/50-db.conf:3}, or {@code running} where no file explains it
 */
public record SourcedRange(PortRange range, String source) {}

package dev.berth.remedy.log;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.NetworkNamespace;

/**
 * What an act was for.
 *
 * @param command the command that did it, such as {@code free}
 */
public record Purpose(String command, int port, Protocol protocol, IpAddress address, NetworkNamespace netns) {}

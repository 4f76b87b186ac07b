package dev.berth.platform;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;

/**
 * A bind to try: one socket, one port, never listening, closed at once.
 *
 * @param address {@code ::} is the dual-stack wildcard: every address of both families
 * @param port 1 to 65535
 * @param reuseAddress whether SO_REUSEADDR is set first
 */
public record BindRequest(Protocol protocol, IpAddress address, int port, boolean reuseAddress) {}

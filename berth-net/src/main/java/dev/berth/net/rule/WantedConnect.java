package dev.berth.net.rule;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;

/**
 * A TCP connection about to be made by a socket that binds first. One that does not bind needs no more than its
 * {@link TupleSpace}.
 *
 * @param bind what the socket binds first; its address may be a wildcard
 * @param source the address that the connection will run from: the bound one, or else the one that routes give
 */
public record WantedConnect(WantedBind bind, IpAddress source, Endpoint destination) {}

/**
 * The language of ports: ranges, sets, endpoints, states, and the rules that decide whether two sockets stand in each
 * other's way. Values only: nothing here reads a host, waits, or changes anything.
 *
 * <p>May use the JDK and nothing else. Everybody may use this package. Java 17.
 */
@NullMarked
package dev.berth.net;

import org.jspecify.annotations.NullMarked;

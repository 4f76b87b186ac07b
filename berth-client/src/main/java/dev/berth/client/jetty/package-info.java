/**
 * Chosen local ports for Jetty 12.1's {@code HttpClient}: {@link dev.berth.client.jetty.LocalPortsConnector} is the door.
 *
 * <p>May use {@code dev.berth.client}, and Jetty's {@code jetty-io}.
 */
@NullMarked
package dev.berth.client.jetty;

import org.jspecify.annotations.NullMarked;

/**
 * Which local ports are taken towards which destination: finds a free one in a few steps however full the space is, and
 * remembers TIME_WAIT. Opens no sockets.
 *
 * <p>May use {@code dev.berth.net} and {@code java.net} addresses. Internal to the client.
 */
@NullMarked
package dev.berth.client.tuples;

import org.jspecify.annotations.NullMarked;

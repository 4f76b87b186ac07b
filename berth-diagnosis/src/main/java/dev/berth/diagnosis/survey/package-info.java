/**
 * What one pass over the sockets of a host leaves behind: counts in columns of primitives, and no object per socket.
 *
 * <p>May use {@code dev.berth.net} and the values of {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.diagnosis.survey;

import org.jspecify.annotations.NullMarked;

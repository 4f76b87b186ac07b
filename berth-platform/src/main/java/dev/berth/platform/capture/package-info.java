/**
 * The container of a recorded host: one compressed file that holds the raw replies of every source and a manifest. What
 * the replies mean is known to the system that gave them.
 *
 * <p>May use the JDK, Jackson's streaming parser, and {@code dev.berth.platform}'s values.
 */
@NullMarked
package dev.berth.platform.capture;

import org.jspecify.annotations.NullMarked;

/**
 * What is on each of the ports of a host: the picture of {@code berth map} before anything is drawn.
 *
 * <p>May use {@code dev.berth.net} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.diagnosis.map;

import org.jspecify.annotations.NullMarked;

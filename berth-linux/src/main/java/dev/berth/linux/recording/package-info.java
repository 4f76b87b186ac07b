/**
 * A Linux kernel's raw replies as entries of a capture, and a capture's entries as a kernel again.
 *
 * <p>May use {@code dev.berth.linux.kernel} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.recording;

import org.jspecify.annotations.NullMarked;

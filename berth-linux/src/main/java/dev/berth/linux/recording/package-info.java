/**
 * A Linux kernel's raw replies as entries of a capture, and a capture's entries as a kernel again. Secrets are taken out
 * before anything is written.
 *
 * <p>May use {@code dev.berth.linux.kernel}, {@code dev.berth.linux.configured}, the names and masks of {@code dev.berth.linux.processes} and
 * {@code dev.berth.linux.sockets}, and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.recording;

import org.jspecify.annotations.NullMarked;

/**
 * The raw replies of a Linux kernel: fetched, not yet understood. {@link dev.berth.linux.kernel.Kernel} is the seam
 * between fetching and decoding; one class for each native interface stands behind its live form. Two of them change
 * something: {@code DiagDestroy} and {@link dev.berth.linux.kernel.PidFd}, which do as they are told and refuse nothing.
 *
 * <p>May use {@code java.lang.foreign}, {@code dev.berth.net} and {@code dev.berth.platform}'s values.
 */
@NullMarked
package dev.berth.linux.kernel;

import org.jspecify.annotations.NullMarked;

/**
 * What decides about ports on a Linux host: the sysctls in force, the sysctl.d files that would set them at the next
 * start, and the kernel's counters.
 *
 * <p>{@link dev.berth.linux.settings.LinuxSettings} is the way in; {@code dev.berth.linux.tuning} reads files in the same way. May use {@code dev.berth.linux.kernel}'s files,
 * {@code dev.berth.net} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.settings;

import org.jspecify.annotations.NullMarked;

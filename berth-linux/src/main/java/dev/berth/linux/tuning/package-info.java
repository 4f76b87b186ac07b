/**
 * Reads and sets single settings of a Linux host: what runs, under {@code /proc/sys}, and what the next start sets, in a file
 * of Berth's own under {@code /etc/sysctl.d}.
 *
 * <p>{@link dev.berth.linux.tuning.LinuxTuning} is the way in. May use {@code dev.berth.linux.kernel}, how
 * {@code dev.berth.linux.settings} reads configuration, and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.tuning;

import org.jspecify.annotations.NullMarked;

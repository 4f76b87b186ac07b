/**
 * Linux behind the door: {@link dev.berth.linux.LinuxHost} answers what {@code dev.berth.platform} asks, out of the raw
 * replies of a {@link dev.berth.linux.kernel.Kernel}, which is the running one or a recorded one.
 *
 * <p>The rooms: {@code kernel} fetches; {@code sockets}, {@code processes}, {@code settings} and {@code nat} decode; {@code control}
 * acts; {@code tuning} changes settings; {@code tracing} tells of failures as they happen; {@code recording} keeps replies and plays them
 * back. May use {@code dev.berth.net} and {@code dev.berth.platform}. Nobody names this package; it is found as a service.
 */
@NullMarked
package dev.berth.linux;

import org.jspecify.annotations.NullMarked;

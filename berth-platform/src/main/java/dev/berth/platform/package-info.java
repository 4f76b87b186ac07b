/**
 * The one door to an operating system. {@link dev.berth.platform.HostNetwork} reads the sockets, owners and settings of
 * one network namespace and tries one bind; whatever it could not see it names as a {@link dev.berth.platform.Gap}.
 * Nothing here judges what was read.
 *
 * <p>May use {@code dev.berth.net}. The systems behind the door are found as {@link dev.berth.platform.HostProvider}
 * services, so nobody who looks through it names one of them.
 */
@NullMarked
package dev.berth.platform;

import org.jspecify.annotations.NullMarked;

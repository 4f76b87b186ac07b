/**
 * What ends the hold on a port: connections, processes, services. Each act makes sure of what it is for at the moment it
 * acts, and refuses what would not free a port or would hit more than it should.
 *
 * <p>{@link dev.berth.linux.control.LinuxControl} is the way in. May use {@code dev.berth.linux}'s {@code kernel},
 * {@code sockets} and {@code processes}, {@code dev.berth.net} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.control;

import org.jspecify.annotations.NullMarked;

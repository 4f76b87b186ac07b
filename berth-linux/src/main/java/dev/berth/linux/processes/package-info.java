/**
 * Which processes hold which sockets, and what those processes are: name, command line, user, unit, container.
 *
 * <p>{@link dev.berth.linux.processes.OwnerSearch} and {@link dev.berth.linux.processes.Processes} are the ways in and
 * read recorded hosts as well; {@link dev.berth.linux.processes.LiveDescriptors} alone needs the running kernel. May use
 * {@code dev.berth.linux.kernel}, {@code dev.berth.net} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.processes;

import org.jspecify.annotations.NullMarked;

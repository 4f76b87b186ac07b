/**
 * Rows out of the kernel's socket tables: {@link dev.berth.linux.sockets.Sockets} decodes sock_diag's replies in place,
 * and the text of {@code /proc/net} where sock_diag is refused.
 *
 * <p>May use {@code dev.berth.linux.kernel}, {@code dev.berth.net} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.sockets;

import org.jspecify.annotations.NullMarked;

/**
 * What ends the hold on a port. May use {@code system}, {@code sockets}, {@code processes}, {@code dev.berth.platform} and
 * {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.control;

import org.jspecify.annotations.NullMarked;

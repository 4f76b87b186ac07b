/**
 * Sockets out of the tables of iphlpapi. May use {@code system}, {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.sockets;

import org.jspecify.annotations.NullMarked;

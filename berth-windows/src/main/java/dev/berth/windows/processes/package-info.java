/**
 * Processes and the services they run. May use {@code system}, {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.processes;

import org.jspecify.annotations.NullMarked;

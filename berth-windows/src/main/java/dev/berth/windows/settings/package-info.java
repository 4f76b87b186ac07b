/**
 * What decides about ports, out of netsh, the registry and the event log. May use {@code system}, {@code dev.berth.platform} and
 * {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.settings;

import org.jspecify.annotations.NullMarked;
